namespace ShopAot.Contracts;

/// <summary>Goods that came in, or went out when the quantity is negative.</summary>
public sealed record MoveStock(int Quantity, string? Reason = null);
