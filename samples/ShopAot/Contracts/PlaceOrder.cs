namespace ShopAot.Contracts;

public sealed record PlaceOrder(Customer Customer, IReadOnlyList<PlaceOrderLine> Lines);

public sealed record PlaceOrderLine(string Sku, int Quantity);
