using System.Data;
using System.Data.Common;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;
using NpgsqlTypes;

namespace FlightRecorder.Tests.AdoNet.PassThrough;

/// <summary>What an app sees asynchronously, in the middle of a reader, and of the provider's own types: the same over both connections.</summary>
public sealed class SameAsPlainTests : StockDatabase
{
    private const string ManyRows = "SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i";

    [Test]
    public Task Several_results_come_asynchronously()
        => SameAsync("1 2 3 | bolt nut washer | rows 1", async connection =>
        {
            await using DbCommand command = Command(connection, "SELECT id FROM stock ORDER BY id; SELECT name FROM stock ORDER BY id; UPDATE stock SET note = 'x' WHERE id = 1");
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            string first = await AllAsync(reader);
            bool hasSecond = await reader.NextResultAsync();
            string second = await AllAsync(reader);
            Assert.That((hasSecond, await reader.NextResultAsync()), Is.EqualTo((true, false)));
            return $"{first} | {second} | rows {reader.RecordsAffected}";
        });

    [Test]
    public Task Rows_stream_asynchronously_and_a_reader_may_stop_in_the_middle()
        => SameAsync("5000 then 1", async connection =>
        {
            int read = 0;
            await using (DbDataReader reader = await Command(connection, ManyRows).ExecuteReaderAsync(CommandBehavior.SequentialAccess))
            {
                while (read < 5000 && await reader.ReadAsync())
                {
                    read++;
                    Assert.That(await reader.GetFieldValueAsync<int>(0), Is.EqualTo(read));
                }
            }

            return $"{read} then {await Command(connection, "SELECT 1").ExecuteScalarAsync()}";
        });

    [Test]
    public Task A_reader_is_cancelled_between_two_rows()
        => SameAsync("OperationCanceledException 57014 Open then 1", async connection =>
        {
            using var cancellation = new CancellationTokenSource();
            Exception? thrown;
            await using (DbDataReader reader = await Command(connection, "SELECT 'a' UNION ALL SELECT repeat('x', 100000) UNION ALL SELECT pg_sleep(30)::text").ExecuteReaderAsync())
            {
                thrown = Assert.CatchAsync<OperationCanceledException>(async () =>
                {
                    cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
                    while (await reader.ReadAsync(cancellation.Token))
                    {
                    }
                });
            }

            return $"{thrown!.GetType().Name} {(thrown.InnerException as DbException)?.SqlState} {connection.State} then {await Command(connection, "SELECT 1").ExecuteScalarAsync()}";
        });

    [Test]
    public Task A_token_cancelled_before_sends_nothing()
        => SameAsync("canceled True, qty 10", async connection =>
        {
            Task<int> running = Command(connection, "UPDATE stock SET qty = 0").ExecuteNonQueryAsync(new CancellationToken(canceled: true));
            Assert.CatchAsync<OperationCanceledException>(() => running);
            return $"canceled {running.IsCanceled}, qty {await Command(connection, "SELECT qty FROM stock WHERE id = 1").ExecuteScalarAsync()}";
        });

    [Test]
    public Task The_schema_table_comes_asynchronously()
        => SameAsync("id:Int32:True name:String:False", async connection =>
        {
            await using DbDataReader reader = await Command(connection, "SELECT id, name FROM stock").ExecuteReaderAsync(CommandBehavior.KeyInfo);
            DataTable schema = (await reader.GetSchemaTableAsync())!;
            return string.Join(' ', schema.Rows.Cast<DataRow>().Select(row => $"{row["ColumnName"]}:{((Type)row["DataType"]).Name}:{row["IsKey"]}"));
        });

    [Test]
    public Task A_disposed_reader_closes_the_connection_when_asked_to([Values] bool isAsync)
        => SameAsync("Closed", async connection =>
        {
            DbDataReader reader = await Command(connection, ManyRows).ExecuteReaderAsync(CommandBehavior.CloseConnection);
            await reader.ReadAsync();
            if (isAsync)
            {
                await reader.DisposeAsync();
            }
            else
            {
                reader.Dispose();
            }

            return connection.State.ToString();
        });

    [Test]
    public Task The_providers_own_types_go_in_and_come_out()
        => SameAsync("[2,5) 1,2,3 2024-02-29 {\"a\": 1}", async connection =>
        {
            await using DbCommand command = Command(connection, "SELECT @range, @list, @day, @json");
            command.Parameters.Add(new NpgsqlParameter<NpgsqlRange<int>>("range", new NpgsqlRange<int>(2, true, 5, false)));
            command.Parameters.Add(new NpgsqlParameter<int[]>("list", [1, 2, 3]));
            command.Parameters.Add(new NpgsqlParameter<DateOnly>("day", new DateOnly(2024, 2, 29)));
            command.Parameters.Add(new NpgsqlParameter("json", NpgsqlDbType.Jsonb) { Value = """{"a":1}""" });
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return FormattableString.Invariant(
                $"{reader.GetFieldValue<NpgsqlRange<int>>(0)} {string.Join(',', reader.GetFieldValue<int[]>(1))} {reader.GetFieldValue<DateOnly>(2):yyyy-MM-dd} {reader.GetString(3)}");
        });

    [Test]
    public Task What_only_the_provider_can_do_joins_the_same_transaction()
        => SameAsync("5 then 3", async connection =>
        {
            object? within;
            await using (DbTransaction transaction = await connection.BeginTransactionAsync())
            {
                var provider = (NpgsqlConnection)connection.Unwrap();
                await using (NpgsqlBinaryImporter import = await provider.BeginBinaryImportAsync("COPY stock (id, name, qty) FROM STDIN BINARY"))
                {
                    await import.WriteRowAsync(default, 4, "rivet", 1);
                    await import.WriteRowAsync(default, 5, "hook", 1);
                    await import.CompleteAsync();
                }

                within = await Command(connection, "SELECT count(*) FROM stock").ExecuteScalarAsync();
                await transaction.RollbackAsync();
            }

            return $"{within} then {await Command(connection, "SELECT count(*) FROM stock").ExecuteScalarAsync()}";
        });

    // Over the plain connection, over the decorated one, and over the decorated one in a recording.
    private async Task SameAsync(string expected, Func<DbConnection, Task<string>> work)
    {
        Assert.That(await RunAsync(Plain, work), Is.EqualTo(expected), "plain");
        await FillAsync();
        Assert.That(await RunAsync(Decorated, work), Is.EqualTo(expected), "decorated");
        await FillAsync();
        string recorded = "";
        await Recorder.RecordAsync(async () => recorded = await RunAsync(Decorated, work));
        Assert.That(recorded, Is.EqualTo(expected), "in a recording");
    }

    private static async Task<string> RunAsync(DbDataSource source, Func<DbConnection, Task<string>> work)
    {
        await using DbConnection connection = await source.OpenConnectionAsync();
        return await work(connection);
    }

    private static async Task<string> AllAsync(DbDataReader reader)
    {
        var values = new List<object>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetValue(0));
        }

        return string.Join(' ', values);
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
