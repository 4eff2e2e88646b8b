using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain;

namespace Shop.Data;

internal sealed class StockTable : IEntityTypeConfiguration<StockItem>
{
    public const string OnHandNotNegative = "ck_stock_on_hand";

    public void Configure(EntityTypeBuilder<StockItem> builder)
    {
        builder.ToTable("stock", table =>
        {
            table.HasCheckConstraint(OnHandNotNegative, "on_hand >= 0");
            table.HasCheckConstraint("ck_stock_reserved", "reserved >= 0");
        });
        builder.HasKey(item => item.ProductId);
        builder.Property(item => item.ProductId).ValueGeneratedNever();
        builder.Property(item => item.Version).IsRowVersion();
        builder.Ignore(item => item.Level);
        builder.HasOne<Product>().WithOne().HasForeignKey<StockItem>(item => item.ProductId);
    }
}
