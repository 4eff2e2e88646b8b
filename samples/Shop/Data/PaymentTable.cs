using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain;

namespace Shop.Data;

internal sealed class PaymentTable : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("payments");
        builder.HasIndex(payment => payment.OrderId).IsUnique();
        builder.HasOne<Order>().WithOne().HasForeignKey<Payment>(payment => payment.OrderId);
    }
}
