using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain;

namespace Shop.Movements;

internal sealed class StockMovementTable : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> builder)
    {
        builder.ToTable("stock_movements", table => table.HasCheckConstraint("ck_stock_movements_quantity", "quantity <> 0"));
        builder.HasOne<StockItem>().WithMany().HasForeignKey(movement => movement.ProductId);
        builder.HasOne<Order>().WithMany().HasForeignKey(movement => movement.OrderId);
        // An order's goods come back once, however often that is asked for.
        builder.HasIndex(movement => new { movement.OrderId, movement.ProductId }).IsUnique();
        builder.HasIndex(movement => new { movement.ProductId, movement.Id });
    }
}
