using Shop.Domain;

namespace Shop.Contracts;

public sealed record CustomerResponse(long Id, string Email, string Name)
{
    public static CustomerResponse From(Customer customer) => new(customer.Id, customer.Email, customer.Name);
}
