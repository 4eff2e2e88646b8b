using System.Data.Common;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.Support;

/// <summary>A database with a table of stock, reached plain and decorated, and a recorder.</summary>
public abstract class StockDatabase
{
    private NpgsqlDataSource? _plain;

    /// <summary>The provider's own.</summary>
    protected DbDataSource Plain => _plain!;

    protected DbDataSource Decorated { get; private set; } = null!;

    private protected TestRecorder Recorder { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        _plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { IncludeFailedBatchedCommand = true });
        Decorated = _plain.WithFlightRecorder();
        Recorder = await TestRecorder.StartAsync();
        await RunPlainAsync("""
            CREATE TABLE stock (id int PRIMARY KEY, name text NOT NULL, qty int NOT NULL CHECK (qty >= 0), note text);
            CREATE TABLE movements (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, stock_id int REFERENCES stock DEFERRABLE INITIALLY DEFERRED, by int NOT NULL);
            """);
    }

    [SetUp]
    public Task FillAsync() => RunPlainAsync("""
        TRUNCATE stock, movements RESTART IDENTITY;
        INSERT INTO stock VALUES (1, 'bolt', 10, NULL), (2, 'nut', 20, 'small'), (3, 'washer', 30, NULL);
        """);

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        if (_plain is not null)
        {
            await Recorder.DisposeAsync();
            await Decorated.DisposeAsync();
        }
    }

    /// <summary>Runs SQL over the provider's own connection, outside any recording.</summary>
    protected async Task RunPlainAsync(string sql)
    {
        await using NpgsqlCommand command = _plain!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The quantity in stock as the database has it.</summary>
    protected int Quantity(int id)
    {
        using NpgsqlCommand command = _plain!.CreateCommand("SELECT qty FROM stock WHERE id = " + id);
        return (int)command.ExecuteScalar()!;
    }
}
