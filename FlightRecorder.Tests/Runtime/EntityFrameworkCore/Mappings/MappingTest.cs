using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

/// <summary>A fixture over <see cref="MappingContext"/>.</summary>
public abstract class MappingTest : DatabaseTest
{
    [OneTimeSetUp]
    public async Task CreateTablesAsync()
    {
        MappingContext.RegisterHooks();
        await using var context = new MappingContext(Bare());
        await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
    }

    [SetUp]
    public async Task EmptyTablesAsync()
    {
        await using var context = new MappingContext(Bare());
        await context.Database.ExecuteSqlRawAsync($"TRUNCATE {MappingContext.Tables} RESTART IDENTITY CASCADE");
    }

    private protected MappingContext Mapped(Action<EntityFrameworkRecordingOptions>? configure = null, params IInterceptor[] interceptors)
        => new(new DbContextOptionsBuilder<MappingContext>().UseNpgsql(ConnectionString).UseFlightRecorder(configure).AddInterceptors(interceptors).Options);

    /// <summary>Saves without the recorder.</summary>
    private protected async Task SeedAsync(params object[] entities)
    {
        await using var context = new MappingContext(Bare());
        context.AddRange(entities);
        await context.SaveChangesAsync();
    }

    /// <summary>Records the change and its save.</summary>
    private protected Task<RecordedOperation> SaveAsync(Func<MappingContext, Task> change, Action<EntityFrameworkRecordingOptions>? configure = null)
        => RecordAsync(async () =>
        {
            await using MappingContext context = Mapped(configure);
            await change(context);
            await context.SaveChangesAsync();
        });

    private protected static string Member(NamedValue[][]? rows, string name)
        => MutationText.Row([rows![0].Single(value => value.Name == name)]);

    private DbContextOptions<MappingContext> Bare() => new DbContextOptionsBuilder<MappingContext>().UseNpgsql(ConnectionString).Options;
}
