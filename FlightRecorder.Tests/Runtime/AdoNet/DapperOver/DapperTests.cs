using System.Data;
using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.DapperOver;

public sealed class DapperTests : StockDatabase
{
    private sealed record Item(int Id, string Name, int Qty);

    private sealed record Movement(int By);

    [Test]
    public void A_query_gives_the_same_rows_and_one_timeline_entry()
    {
        const string sql = "SELECT id, name, qty FROM stock WHERE qty >= @least ORDER BY id";
        List<Item> rows = [];
        Taken taken = Recorder.Record(() => rows = Over(Decorated, connection => connection.Query<Item>(sql, new { least = 20 }).ToList()));

        Assert.That(rows, Is.EqualTo(Over(Plain, connection => connection.Query<Item>(sql, new { least = 20 }).ToList())));
        TimelineEntry entry = taken.Commands.Single();
        Assert.Multiple(() =>
        {
            Assert.That(entry.Type, Is.EqualTo("db.query"));
            Assert.That(entry.Sql, Is.EqualTo(sql));
            Assert.That(entry.Parameters, Is.EqualTo(new[] { new NamedValue("least", 20, "qty") }));
            Assert.That(entry.Rows, Is.EqualTo(2));
            Assert.That(entry.DurationUs, Is.GreaterThan(0));
            Assert.That(entry.Error, Is.Null);
            Assert.That(taken.Mutations, Is.Empty);
            Assert.That(taken.Gaps, Is.Empty);
            Assert.That(Recorder.Faults, Is.Zero);
        });
    }

    [Test]
    public async Task The_prompt_points_each_run_of_a_statement_at_its_own_step()
    {
        string line = await Recorder.RecordLineAsync(() => Over(Decorated, connection => connection.Execute(
            "INSERT INTO movements (stock_id, by) VALUES (@id, @by)",
            new[] { new { id = 1, by = -1 }, new { id = 2, by = -2 }, new { id = 3, by = -3 } })));

        string prompt = PromptWriter.Write(RecordingParser.TryRead(Encoding.UTF8.GetBytes(line))!);
        string[] steps = [.. Regex.Matches(prompt, "statement: that of (T[0-9]+)").Select(match => match.Groups[1].Value)];
        Assert.That(steps, Is.EqualTo(new[] { "T1", "T3", "T5" }), prompt);
        Assert.That(prompt, Does.Match("(?s)T5 .*\"by\":-3.*T6 ").And.Match("that of T5\n  parameters: .*\"by\":-3"));
    }

    [Test]
    public void An_execute_is_a_command_and_a_committed_mutation()
    {
        Taken taken = Recorder.Record(() => Over(Decorated, connection => connection.Execute("UPDATE stock SET qty = qty - @by WHERE id = @id", new { id = 1, by = 3 })));

        Assert.That(Quantity(1), Is.EqualTo(7));
        MutationEntry mutation = taken.Mutations.Single();
        Assert.Multiple(() =>
        {
            Assert.That(taken.Commands.Single().Type, Is.EqualTo("db.command"));
            Assert.That(taken.Commands.Single().Rows, Is.EqualTo(1));
            Assert.That(taken.Timeline.Count(entry => entry.Type == "db.mutation"), Is.EqualTo(1));
            Assert.That(mutation.Source, Is.EqualTo("adonet"));
            Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
            Assert.That(mutation.Rows, Is.EqualTo(1));
            Assert.That(mutation.Parameters, Is.EquivalentTo(new[] { new NamedValue("id", 1, "id"), new NamedValue("by", 3, "qty") }));
            Assert.That(taken.Gaps, Is.Empty);
        });
    }

    [Test]
    public void Arrays_go_to_the_server_as_arrays()
    {
        const string sql = "SELECT name FROM stock WHERE id = ANY(@ids) ORDER BY id";
        Assert.That(
            Over(Decorated, connection => connection.Query<string>(sql, new { ids = new[] { 1, 3 } }).ToList()),
            Is.EqualTo(new[] { "bolt", "washer" }));
    }

    [Test]
    public void One_row_one_value_and_no_row_come_as_over_the_plain_connection()
        => Same(connection => string.Join('|',
            connection.QueryFirst<Item>("SELECT id, name, qty FROM stock ORDER BY id"),
            connection.QuerySingle<Item>("SELECT id, name, qty FROM stock WHERE id = @id", new { id = 2 }),
            connection.QuerySingleOrDefault<Item>("SELECT id, name, qty FROM stock WHERE id = 99"),
            connection.ExecuteScalar<long>("SELECT sum(qty) FROM stock"),
            connection.QueryFirst<string?>("SELECT note FROM stock WHERE id = 1")));

    [Test]
    public void Several_types_in_one_row_are_split_as_over_the_plain_connection()
    {
        Over(Plain, connection => connection.Execute("INSERT INTO movements (stock_id, by) VALUES (1, 5), (1, 6), (2, 7)"));
        Same(connection => string.Join('|', connection.Query<Item, Movement, string>(
            "SELECT s.id, s.name, s.qty, m.by FROM stock s JOIN movements m ON m.stock_id = s.id ORDER BY m.id",
            (item, movement) => item + " " + movement,
            splitOn: "by")));
    }

    [Test]
    public void Several_results_are_read_as_over_the_plain_connection()
        => Same(connection =>
        {
            using SqlMapper.GridReader grid = connection.QueryMultiple("SELECT id, name, qty FROM stock ORDER BY id; SELECT count(*) FROM stock; SELECT 1 WHERE false");
            return string.Join('|', [.. grid.Read<Item>(), grid.ReadSingle<long>(), grid.ReadFirstOrDefault<int?>()]);
        });

    [Test]
    public void A_query_that_is_not_buffered_streams()
        => Same(connection => string.Join('|', connection.Query<Item>("SELECT id, name, qty FROM stock ORDER BY id", buffered: false)));

    [Test]
    public void A_query_that_is_left_early_is_told_with_the_rows_read()
    {
        Taken taken = Recorder.Record(() => Over(Decorated, connection =>
            connection.Query<Item>("SELECT id, name, qty FROM stock ORDER BY id", buffered: false).First()));
        Assert.That(taken.Commands.Single().Rows, Is.EqualTo(1));
    }

    [Test]
    public void A_reader_of_Dapper_reads_as_over_the_plain_connection()
        => Same(connection =>
        {
            using IDataReader reader = connection.ExecuteReader("SELECT id, name, note FROM stock ORDER BY id");
            var table = new DataTable();
            table.Load(reader);
            return string.Join('|', table.Rows.Cast<DataRow>().Select(row => string.Join(',', row.ItemArray)));
        });

    [Test]
    public void A_list_of_parameters_runs_once_for_each()
    {
        Taken taken = Recorder.Record(() => Over(Decorated, connection =>
            connection.Execute("UPDATE stock SET qty = @qty WHERE id = @id", new[] { new { id = 1, qty = 1 }, new { id = 2, qty = 2 } })));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed", "update stock Committed" }));
        Assert.That(taken.Mutations.Select(mutation => mutation.Parameters!.Single(value => value.Name == "qty").Value), Is.EqualTo(new object[] { 1, 2 }));
    }

    [Test]
    public async Task Asynchronous_calls_give_the_same()
    {
        async Task<string> ReadAsync(DbDataSource source)
        {
            await using DbConnection connection = source.CreateConnection();
            var rows = new List<object?>();
            rows.AddRange(await connection.QueryAsync<Item>("SELECT id, name, qty FROM stock ORDER BY id"));
            rows.Add(await connection.QueryFirstOrDefaultAsync<Item>("SELECT id, name, qty FROM stock WHERE id = 2"));
            rows.Add(await connection.ExecuteScalarAsync<int>("SELECT qty FROM stock WHERE id = 3"));
            await using (SqlMapper.GridReader grid = await connection.QueryMultipleAsync("SELECT 1; SELECT 2"))
            {
                rows.Add(await grid.ReadSingleAsync<int>());
                rows.AddRange((await grid.ReadAsync<int>()).Cast<object>());
            }

            await connection.OpenAsync();
            await foreach (Item item in connection.QueryUnbufferedAsync<Item>("SELECT id, name, qty FROM stock ORDER BY id DESC"))
            {
                rows.Add(item);
            }

            await using DbTransaction transaction = await connection.BeginTransactionAsync();
            rows.Add(await connection.ExecuteAsync("UPDATE stock SET qty = 0", transaction: transaction));
            await transaction.RollbackAsync();
            return string.Join('|', rows);
        }

        string decorated = "";
        Taken taken = await Recorder.RecordAsync(async () => decorated = await ReadAsync(Decorated));
        Assert.That(decorated, Is.EqualTo(await ReadAsync(Plain)));
        Assert.That(taken.Commands.Select(command => command.Rows), Is.EqualTo(new long[] { 3, 1, -1, 2, 3, 3 }));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock RolledBack" }));
    }

    [Test]
    public void A_transaction_of_Dapper_is_settled_by_its_end()
    {
        Taken taken = Recorder.Record(() => Over(Decorated, connection =>
        {
            using IDbTransaction transaction = ((IDbConnection)connection).BeginTransaction();
            connection.Execute("UPDATE stock SET qty = 1 WHERE id = 1", transaction: transaction);
            transaction.Commit();
            return 0;
        }));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
    }

    [Test]
    public void A_failed_query_throws_the_same_and_is_told()
    {
        Taken taken = Recorder.Record(() => Over(Decorated, connection =>
            Assert.Throws<PostgresException>(() => connection.Query<int>("SELECT nothing FROM stock"))));
        Assert.That(taken.Commands.Single().Error, Does.Contain("42703"));
    }

    private void Same(Func<DbConnection, string> read)
    {
        string decorated = "";
        Taken taken = Recorder.Record(() => decorated = Over(Decorated, read));
        Assert.That(decorated, Is.EqualTo(Over(Plain, read)));
        Assert.That(decorated, Is.Not.Empty);
        Assert.That(taken.Commands, Is.Not.Empty);
    }

    private static T Over<T>(DbDataSource source, Func<DbConnection, T> run)
    {
        using DbConnection connection = source.OpenConnection();
        return run(connection);
    }
}
