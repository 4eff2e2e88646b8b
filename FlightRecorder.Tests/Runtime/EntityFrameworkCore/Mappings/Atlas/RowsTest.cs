using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>
/// Compares a recording with the tables themselves: the rows that are gone after a save are the rows before of its mutations, and the
/// rows that are new are their rows after. No more, no fewer, and each value as it stands in its column.
/// </summary>
public abstract class RowsTest : MappingTest
{
    [OneTimeSetUp]
    public async Task CreateAtlasAsync()
    {
        AtlasContext.RegisterHooks();
        await using AtlasContext context = Unseen();
        await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
    }

    [SetUp]
    public async Task EmptyAtlasAsync()
    {
        await using AtlasContext context = Unseen();
        await context.Database.ExecuteSqlRawAsync($"TRUNCATE {AtlasContext.Tables} RESTART IDENTITY CASCADE");
    }

    private protected AtlasContext Unseen() => new(new DbContextOptionsBuilder<AtlasContext>().UseNpgsql(ConnectionString).Options);

    private protected AtlasContext Atlas() => new(new DbContextOptionsBuilder<AtlasContext>().UseNpgsql(ConnectionString).UseFlightRecorder().Options);

    /// <summary>Records each save of the work and compares it with what it did to the tables.</summary>
    /// <param name="rows">Queries that write the rows as recordings do, as JSON with the name of the entity in <c>model</c>.</param>
    /// <param name="saves">What to do with a context before it saves; each with a context of its own.</param>
    private protected async Task ExpectRowsAsync(string[] rows, params Func<AtlasContext, Task>[] saves)
    {
        foreach (Func<AtlasContext, Task> save in saves)
        {
            await ExpectRowsAsync(rows, async () =>
            {
                await using AtlasContext context = Atlas();
                await save(context);
                await context.SaveChangesAsync();
            });
        }
    }

    private protected async Task<RecordedOperation> ExpectRowsAsync(string[] rows, Func<Task> work)
    {
        List<string> before = await RowsAsync(rows);
        RecordedOperation recorded = await RecordAsync(work);
        List<string> after = await RowsAsync(rows);

        string[] gone = [.. before.Except(after)];
        string[] come = [.. after.Except(before)];
        Assert.That(gone.Length + come.Length, Is.GreaterThan(0), "the work must change something");
        Assert.That(Recorded(recorded, static mutation => mutation.Before), Is.EquivalentTo(gone), "rows before");
        Assert.That(Recorded(recorded, static mutation => mutation.After), Is.EquivalentTo(come), "rows after");
        Assert.That(recorded.Mutations.Select(mutation => mutation.Outcome), Is.All.EqualTo(MutationOutcome.Committed));
        return recorded;
    }

    private static string[] Recorded(RecordedOperation recorded, Func<MutationEntry, NamedValue[][]?> version)
        => [.. recorded.Mutations.SelectMany(mutation => (version(mutation) ?? []).Select(row => RowText.Of(mutation.Model, row)))];

    private async Task<List<string>> RowsAsync(string[] queries)
    {
        List<string> rows = [];
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        foreach (string query in queries)
        {
            await using var command = new NpgsqlCommand(query, connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(RowText.Of(reader.GetString(0)));
            }
        }

        return rows;
    }
}
