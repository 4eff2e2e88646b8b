using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore;

/// <summary>A fixture with a database of its own, emptied before each test, and a recorder.</summary>
public abstract class DatabaseTest
{
    private RecorderUnderTest _recorder = null!;

    protected string ConnectionString { get; private set; } = "";

    private protected Recorder Recorder => _recorder.Recorder;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync()
    {
        ShopHooks.Register();
        ConnectionString = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        await using ShopContext context = Unrecorded();
        await context.Database.EnsureCreatedAsync();
    }

    [SetUp]
    public async Task EmptyDatabaseAsync()
    {
        _recorder = new RecorderUnderTest();
        await using ShopContext context = Unrecorded();
        await context.Database.ExecuteSqlRawAsync("""
            TRUNCATE shop.customers, orders, order_lines, "Animals", diaries, strangers, vouchers, "Label", "LabelOrder" RESTART IDENTITY
            """);
    }

    /// <summary>Runs the work inside a recording; a failure inside the recorder fails the test.</summary>
    private protected async Task<RecordedOperation> RecordAsync(Func<Task> work)
    {
        RecordedOperation recorded = await _recorder.RecordAsync(work);
        Assert.That(Recorder.Counters.Faults, Is.Zero, _recorder.Log.ToString());
        return recorded;
    }

    private protected Task<RecordedOperation> RecordWithFaultsAsync(Func<Task> work) => _recorder.RecordAsync(work);

    private protected ShopContext Open(Action<EntityFrameworkRecordingOptions>? configure = null, DbConnection? connection = null)
    {
        var builder = new DbContextOptionsBuilder<ShopContext>();
        builder = connection is null ? builder.UseNpgsql(ConnectionString) : builder.UseNpgsql(connection);
        return new ShopContext(builder.UseFlightRecorder(configure).Options);
    }

    private protected DbContextOptions<TContext> Options<TContext>()
        where TContext : DbContext
        => new DbContextOptionsBuilder<TContext>().UseNpgsql(ConnectionString).UseFlightRecorder().Options;

    private protected ShopContext Unrecorded() => new(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).Options);

    private protected async Task AddUnrecordedAsync(params object[] entities)
    {
        await using ShopContext context = Unrecorded();
        context.AddRange(entities);
        await context.SaveChangesAsync();
    }

    private protected async Task<int> CountOrdersAsync()
    {
        await using ShopContext context = Unrecorded();
        return await context.Orders.CountAsync();
    }
}
