using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Model;

/// <summary>Stands for a context that carries [Record].</summary>
public class ShopContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Animal> Animals => Set<Animal>();

    public DbSet<Diary> Diaries => Set<Diary>();

    public DbSet<Stranger> Strangers => Set<Stranger>();

    public DbSet<Voucher> Vouchers => Set<Voucher>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Customer>(customer =>
        {
            customer.ToTable("customers", "shop");
            customer.Property(c => c.Tier).HasConversion<string>();
            customer.Property(c => c.Email).HasConversion(email => email!.Value, text => new Email(text));
            customer.Property<string?>("Tenant");
            customer.OwnsOne(c => c.Address);
            customer.OwnsMany(c => c.Phones, phones => phones.ToJson());
            customer.ComplexProperty(c => c.Balance);
        });
        model.Entity<Order>(order =>
        {
            order.ToTable("orders", table => table.HasCheckConstraint("qty_positive", "qty > 0"));
            order.Property(o => o.Qty).HasColumnName("qty");
            order.HasIndex(o => o.Number).IsUnique();
            order.OwnsMany(o => o.Lines, lines => lines.ToTable("order_lines"));
        });
        model.Entity<Dog>();
        model.Entity<Diary>().ToTable("diaries");
        model.Entity<Stranger>().ToTable("strangers");
        model.Entity<Voucher>().ToTable("vouchers");
    }
}

/// <summary>Inherits the hooks of its base.</summary>
public sealed class BranchContext(DbContextOptions options) : ShopContext(options);

/// <summary>Carries no [Record]; one of its entities does.</summary>
public sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
{
    public DbSet<Voucher> Vouchers => Set<Voucher>();

    public DbSet<Stranger> Strangers => Set<Stranger>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Voucher>().ToTable("vouchers");
        model.Entity<Stranger>().ToTable("strangers");
    }
}

/// <summary>Its hooks are broken, so that the adapter itself fails at each save.</summary>
public sealed class FaultyContext(DbContextOptions<FaultyContext> options) : DbContext(options)
{
    public DbSet<Voucher> Vouchers => Set<Voucher>();

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<Voucher>().ToTable("vouchers");
}
