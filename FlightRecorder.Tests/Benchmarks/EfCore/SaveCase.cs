using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Benchmarks.EfCore;

/// <summary>One kind of save: so many rows inserted, or changed after they were read.</summary>
/// <param name="Rows">How many rows one save changes.</param>
/// <param name="Updates">Whether it changes rows that are there; else it inserts.</param>
/// <param name="Rounds">How often it is measured.</param>
/// <param name="Goal">The most it may take, as a multiple of the bare save.</param>
internal sealed record SaveCase(int Rows, bool Updates, int Rounds, double Goal)
{
    public string Name => FormattableString.Invariant($"{(Updates ? "update" : "insert")} of {Rows}");

    /// <summary>What one SaveChanges took; what an app does before it is the same for all and not counted.</summary>
    /// <param name="options">With or without the recorder.</param>
    /// <param name="records">Whether it runs inside a recording.</param>
    public SaveCost Run(DbContextOptions<BenchContext> options, bool records)
    {
        // From the context's beginning: when its services come about is EF Core's affair, and differs.
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        using BenchContext context = Prepare(options);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        long begun = Stopwatch.GetTimestamp();
        using IDisposable? recording = records ? Flight.Begin("bench") : null;
        long beforeSave = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan beforeCpu = Environment.CpuUsage.TotalTime;
        long saving = Stopwatch.GetTimestamp();
        context.SaveChanges();
        double save = Stopwatch.GetElapsedTime(saving).TotalMicroseconds;
        double cpu = (Environment.CpuUsage.TotalTime - beforeCpu).TotalMicroseconds;
        bytes += GC.GetAllocatedBytesForCurrentThread() - beforeSave;
        recording?.Dispose();
        return new SaveCost(save, Stopwatch.GetElapsedTime(begun).TotalMicroseconds, cpu, bytes);
    }

    private BenchContext Prepare(DbContextOptions<BenchContext> options)
    {
        var context = new BenchContext(options);
        if (Updates)
        {
            foreach (BenchLine line in context.Lines.OrderBy(line => line.Id).Take(Rows).ToList())
            {
                line.Qty++;
                line.Voucher = "voucher " + line.Qty;
            }

            return context;
        }

        for (int i = 0; i < Rows; i++)
        {
            context.Add(new BenchLine { Sku = "SKU-" + i, Qty = i, Price = 9.95m + i, ChangedAt = DateTime.UtcNow, Voucher = "voucher " + i });
        }

        return context;
    }
}

/// <param name="SaveUs">SaveChanges alone, in microseconds.</param>
/// <param name="WholeUs">With the recording's beginning and end.</param>
/// <param name="CpuUs">What SaveChanges took of the processor, in microseconds: without the server, and without waiting for a busy machine.</param>
/// <param name="Bytes">Allocated on its thread by the context and its save, without the recording's own.</param>
internal readonly record struct SaveCost(double SaveUs, double WholeUs, double CpuUs, long Bytes);
