using FlightRecorder;
using Microsoft.EntityFrameworkCore;
using Shop.Domain;
using Shop.Movements;

namespace Shop.Data;

[Record]
public sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Payment> Payments => Set<Payment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new CustomerTable());
        modelBuilder.ApplyConfiguration(new ProductTable());
        modelBuilder.ApplyConfiguration(new StockTable());
        modelBuilder.ApplyConfiguration(new OrderTable());
        modelBuilder.ApplyConfiguration(new OrderLineTable());
        modelBuilder.ApplyConfiguration(new PaymentTable());
        modelBuilder.ApplyConfiguration(new StockMovementTable());
        SnakeCase.NameColumns(modelBuilder);
    }
}
