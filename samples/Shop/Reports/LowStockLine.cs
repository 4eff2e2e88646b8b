namespace Shop.Reports;

public sealed record LowStockLine(LowProduct Product, LowLevel Level);

public sealed record LowProduct(long ProductId, string Sku, string Name);

public sealed record LowLevel(int OnHand, int Reserved);
