using Microsoft.EntityFrameworkCore;
using Shop.Domain;

namespace Shop.Data;

/// <summary>
/// Creates the tables of an empty database and fills the shelves. Good enough for a sample: a real shop deploys migrations,
/// up and down, before it starts.
/// </summary>
internal static class ShopSchema
{
    public static async Task CreateAsync(IServiceProvider services)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        ShopDb db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        await db.Database.EnsureCreatedAsync();
        if (!await db.Products.AnyAsync())
        {
            Seed(db);
            await db.SaveChangesAsync();
        }
    }

    private static void Seed(ShopDb db)
    {
        Add(db, 1, "TEA-100", "Green tea, 100 g", 690, onHand: 200);
        Add(db, 2, "CUP-001", "Cup", 1250, onHand: 60);
        Add(db, 3, "POT-001", "Teapot", 3900, onHand: 40);
        Add(db, 4, "TIN-001", "Tin", 820, onHand: 2);
    }

    private static void Add(ShopDb db, long id, string sku, string name, long priceCents, int onHand)
    {
        db.Products.Add(new Product { Id = id, Sku = sku, Name = name, PriceCents = priceCents });
        db.Stock.Add(new StockItem { ProductId = id, OnHand = onHand });
    }
}
