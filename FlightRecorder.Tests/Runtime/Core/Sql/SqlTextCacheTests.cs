using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Sql;

public sealed class SqlTextCacheTests
{
    [Test]
    public void The_same_text_is_read_once()
    {
        const string Sql = "UPDATE cache_same SET a = 1";
        Assert.That(SqlTextCache.Read(Sql), Is.SameAs(SqlTextCache.Read(Sql)));
    }

    [Test]
    public void An_equal_text_in_another_object_is_found()
    {
        const string Sql = "UPDATE cache_equal SET a = 1";
        Assert.That(SqlTextCache.Read(new string(Sql)), Is.SameAs(SqlTextCache.Read(Sql)));
    }

    [Test]
    public void Texts_that_differ_only_where_the_hash_does_not_look_are_told_apart()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(i => $"cache_{i:000}")];
        string[] read = [.. names.Select(name => SqlTextCache.Read($"UPDATE {name} SET a = 1 WHERE something = 'quite long'").Statements[0].Name!)];
        Assert.That(read, Is.EqualTo(names));
    }

    [Test]
    public void A_long_text_is_read_and_not_kept()
    {
        string sql = "SELECT '" + new string('x', SqlTextCache.MaxLength) + "'";
        Assert.That(SqlTextCache.Read(sql), Is.Not.SameAs(SqlTextCache.Read(sql)));
    }

    [Test]
    public void An_old_text_makes_room_for_new_ones()
    {
        const string Sql = "UPDATE cache_old SET a = 1";
        SqlText old = SqlTextCache.Read(Sql);
        for (int i = 0; i < SqlTextCache.MaxTexts * 20; i++)
        {
            SqlTextCache.Read($"UPDATE t{Guid.NewGuid():N} SET a = '{Guid.NewGuid()}'");
        }

        Assert.That(SqlTextCache.Read(Sql), Is.Not.SameAs(old));
    }

    [Test]
    public void Several_threads_get_the_right_answers()
    {
        Parallel.For(0, 20_000, i =>
        {
            string name = "cache_thread_" + (i % 700);
            Assert.That(SqlTextCache.Read($"DELETE FROM {name}").Statements[0].Name, Is.EqualTo(name));
        });
    }

    [Test]
    public void A_hit_allocates_nothing()
    {
        const string Sql = "UPDATE cache_hit SET a = 1 WHERE id = @id";
        string equal = new(Sql);
        SqlTextCache.Read(Sql);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            SqlTextCache.Read(Sql);
            SqlTextCache.Read(equal);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test, Explicit("Prints how long a hit, an equal text and a reading take.")]
    public void Cost()
    {
        const string Sql = """SELECT o."Id", o."Qty", c."Name" FROM "Orders" AS o JOIN "Customers" AS c ON c."Id" = o."CustomerId" WHERE o."Id" = @id""";
        string equal = new(Sql);
        Measure("hit by object", () => SqlTextCache.Read(Sql));
        Measure("hit by characters", () => SqlTextCache.Read(equal));
        Measure("reading", () => SqlText.Read(Sql));
    }

    private static void Measure(string what, Func<SqlText> read)
    {
        const int Runs = 300_000;
        double best = double.MaxValue;
        for (int round = 0; round < 7; round++)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Runs; i++)
            {
                read();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Runs);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Runs;
            TestContext.Out.WriteLine($"{what}: {best:0.0} ns, {bytes} B");
        }
    }
}
