namespace ShopAot.Contracts;

public sealed record StockResponse(string Sku, string Name, int OnHand, decimal Price);
