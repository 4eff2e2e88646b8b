using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

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
            Assert.That(entry.Parameters, Is.EqualTo(new[] { new NamedValue("least", 20) }));
            Assert.That(entry.Rows, Is.EqualTo(2));
            Assert.That(entry.DurationUs, Is.GreaterThan(0));
            Assert.That(entry.Error, Is.Null);
            Assert.That(taken.Mutations, Is.Empty);
            Assert.That(taken.Gaps, Is.Empty);
            Assert.That(Recorder.Faults, Is.Zero);
        });
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
            Assert.That(mutation.Parameters, Is.EquivalentTo(new[] { new NamedValue("id", 1), new NamedValue("by", 3) }));
            Assert.That(taken.Gaps.Select(gap => gap.What), Is.EqualTo(new[] { "mutations.rows" }));
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

    private static T Over<T>(DbDataSource source, Func<DbConnection, T> run)
    {
        using DbConnection connection = source.OpenConnection();
        return run(connection);
    }
}
