using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Benchmarks.EfCore;

/// <summary>A row as an app has it: some columns of usual types, one of them secret.</summary>
internal sealed class BenchLine
{
    public int Id { get; set; }

    public string Sku { get; set; } = "";

    public int Qty { get; set; }

    public decimal Price { get; set; }

    public DateTime ChangedAt { get; set; }

    [Redact]
    public string Voucher { get; set; } = "";
}

[Record]
internal sealed class BenchContext(DbContextOptions<BenchContext> options) : DbContext(options)
{
    public DbSet<BenchLine> Lines => Set<BenchLine>();
}
