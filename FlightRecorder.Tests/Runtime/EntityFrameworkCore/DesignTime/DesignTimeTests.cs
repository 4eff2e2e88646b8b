using FlightRecorder.Tests.EntityFrameworkCore.CompiledModels;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FlightRecorder.Tests.EntityFrameworkCore.DesignTime;

/// <summary>What the tools of EF Core do with a context that uses the recorder: nothing is recorded, and nothing is otherwise.</summary>
public sealed class DesignTimeTests : DatabaseTest
{
    [SetUp]
    public async Task RevertAsync()
    {
        CatalogHooks.Register();
        await using CatalogContext context = Tools();
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS shelves, "__EFMigrationsHistory" """);
    }

    [Test]
    public void Its_model_and_its_scripts_are_those_without_the_recorder()
    {
        using CatalogContext tools = Tools();
        using CatalogContext bare = new(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql(ConnectionString).Options);

        Assert.That(Design(tools), Is.EqualTo(Design(bare)));
        Assert.That(tools.Database.GenerateCreateScript(), Is.EqualTo(bare.Database.GenerateCreateScript()).And.Contains("CREATE TABLE articles"));
        Assert.That(Script(tools), Is.EqualTo(Script(bare)).And.Contains("CREATE TABLE shelves"));
    }

    [Test]
    public void The_first_migration_that_would_be_written_is_the_same()
    {
        using CatalogContext tools = Tools();
        using CatalogContext bare = new(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql(ConnectionString).Options);

        Assert.That(Operations(tools), Is.EqualTo(Operations(bare)).And.Not.Empty);
    }

    [Test]
    public async Task Migrations_are_applied_and_reverted_and_leave_no_recording()
    {
        await using CatalogContext tools = Tools();

        await tools.Database.MigrateAsync();
        string[] applied = [.. await tools.Database.GetAppliedMigrationsAsync()];
        List<string> names = await tools.Database.SqlQueryRaw<string>("SELECT \"Name\" AS \"Value\" FROM shelves").ToListAsync();
        tools.GetService<IMigrator>().Migrate(Migration.InitialDatabase);

        Assert.That(applied, Is.EqualTo(new[] { "20260101000000_First", "20260102000000_Second" }));
        Assert.That(names, Is.EqualTo(new[] { "A8" }));
        Assert.That(await tools.Database.GetAppliedMigrationsAsync(), Is.Empty);
        Assert.That((Recorder.Counters.Offered, Recorder.Counters.Faults), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Migrations_inside_a_recording_are_applied_too_and_what_they_change_is_told_rightly()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using CatalogContext tools = Tools();
            await tools.Database.MigrateAsync();
        });

        await using CatalogContext after = Tools();
        Assert.That(await after.Database.GetAppliedMigrationsAsync(), Has.Exactly(2).Items);
        Assert.That(recorded.Mutations.Where(mutation => mutation.Table?.Contains("shelves", StringComparison.Ordinal) == true)
            .Select(mutation => $"{mutation.Operation} {mutation.Outcome}"), Is.EqualTo(new[] { "insert Committed", "bulkUpdate Committed" }));
    }

    private static string Design(CatalogContext context)
        => context.GetService<IDesignTimeModel>().Model.ToDebugString(MetadataDebugStringOptions.LongDefault);

    private static string Script(CatalogContext context) => context.GetService<IMigrator>().GenerateScript();

    private static string[] Operations(CatalogContext context)
        => [.. context.GetService<IMigrationsModelDiffer>().GetDifferences(null, context.GetService<IDesignTimeModel>().Model.GetRelationalModel()).Select(operation => operation.GetType().Name)];

    private CatalogContext Tools() => new CatalogFactory().CreateDbContext([ConnectionString]);
}
