using Microsoft.EntityFrameworkCore;
using Shop.Contracts;
using Shop.Data;
using Shop.Domain;

namespace Shop.Services;

public sealed class CustomerService(ShopDb db)
{
    public async Task<Customer> RegisterAsync(RegisterCustomer request, CancellationToken cancellationToken)
    {
        string email = request.Email.Trim().ToLowerInvariant();
        if (await db.Customers.AnyAsync(customer => customer.Email == email, cancellationToken))
        {
            throw ShopException.Conflict("email_taken", "A customer with this e-mail address is registered already.");
        }

        var customer = new Customer { Email = email, Name = request.Name.Trim(), PasswordHash = PasswordHash.Of(request.Password) };
        db.Customers.Add(customer);
        await db.SaveChangesAsync(cancellationToken);
        return customer;
    }

    public async Task<Customer> GetAsync(long id, CancellationToken cancellationToken)
        => await db.Customers.AsNoTracking().FirstOrDefaultAsync(customer => customer.Id == id, cancellationToken) ?? throw ShopException.NotFound("customer");
}
