using FlightRecorder;

namespace Shop.Reports;

public sealed record SalesReport(SalesTotals Totals, IReadOnlyList<ProductSales> Products, IReadOnlyList<BestCustomer> BestCustomers);

public sealed record SalesTotals(long Orders, long TotalCents);

public sealed record ProductSales(long ProductId, string Sku, long Quantity, long TotalCents);

/// <summary>Who reads the report may write to them; who reads its recording need not know them.</summary>
public sealed record BestCustomer(long CustomerId, [Redact] string Email, long Orders, long TotalCents);
