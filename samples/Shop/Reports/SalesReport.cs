using FlightRecorder;

namespace Shop.Reports;

public sealed record SalesReport(SalesTotals Totals, IReadOnlyList<ProductSales> Products, IReadOnlyList<BestCustomer> BestCustomers);

public sealed record SalesTotals(long Orders, long TotalCents);

public sealed record ProductSales(long ProductId, string Sku, long Quantity, long TotalCents);

/// <summary>Who reads the report may write to them; who reads its recording need not know them.</summary>
/// <remarks>
/// Not called Email: SQL parameters are hidden by the names that any contract redacts, and other recordings would lose the address, too.
/// </remarks>
public sealed record BestCustomer(long CustomerId, [Redact] string Contact, long Orders, long TotalCents);
