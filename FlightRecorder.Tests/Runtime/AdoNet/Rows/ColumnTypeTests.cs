using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Rows;

/// <summary>What the columns of a row are shown as, and as which type of key rows are found again.</summary>
public sealed class ColumnTypeTests : StockDatabase
{
    [OneTimeSetUp]
    public Task PrepareAsync() => RunPlainAsync("""
        CREATE SCHEMA "Odd Schema";
        CREATE TYPE mood AS ENUM ('sad', 'happy');
        CREATE TYPE point3 AS (x int, y int, z int);
        CREATE DOMAIN cents AS bigint;
        CREATE DOMAIN blob AS bytea;
        """);

    [TestCase("true::boolean", "True")]
    [TestCase("9007199254740993::bigint", "9007199254740993")]
    [TestCase("12.50::numeric", "12.50")]
    [TestCase("1e40::numeric", "10000000000000000000000000000000000000000")]
    [TestCase("0.1::float8", "0.1")]
    [TestCase("'NaN'::float8", "NaN")]
    [TestCase("'infinity'::timestamp", "infinity")]
    [TestCase("'2026-11-20 10:00:00.123456'::timestamp", "2026-11-20T10:00:00.123456")]
    [TestCase("'0044-03-15 BC'::date", "0044-03-15 BC")]
    [TestCase("'\\x0102'::bytea", "ByteCount { Bytes = 2 }")]
    [TestCase("'\\x010203'::blob", "ByteCount { Bytes = 3 }")]
    [TestCase("ARRAY['\\x01'::bytea]", "(bytes)")]
    [TestCase("'{\"a\": [1]}'::jsonb", "{\"a\":[1]}")]
    [TestCase("'null'::jsonb", "null")]
    [TestCase("ARRAY[1,2]", "[1,2]")]
    [TestCase("'happy'::mood", "happy")]
    [TestCase("ROW(1,2,3)::point3", "(1,2,3)")]
    [TestCase("5::cents", "5")]
    [TestCase("'1 day'::interval", "1 day")]
    [TestCase("'10.0.0.1'::inet", "10.0.0.1/32")]
    [TestCase("to_json(repeat('x', 40000))", "(too long)")]
    public async Task A_value_is_shown_as_what_it_is(string value, string shown)
    {
        await RunPlainAsync($"DROP TABLE IF EXISTS \"Odd Schema\".\"Val\"\"ues\"; CREATE TABLE \"Odd Schema\".\"Val\"\"ues\" AS SELECT 1 AS \"Id \", {value} AS \"v\"\"\"; ALTER TABLE \"Odd Schema\".\"Val\"\"ues\" ADD PRIMARY KEY (\"Id \")");
        TableShapes.Forget(Plain.ConnectionString, "\"Odd Schema\".\"Val\"\"ues\"");
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE \"Odd Schema\".\"Val\"\"ues\" SET \"v\"\"\" = NULL WHERE \"Id \" = 1")));

        Assert.That(taken.Gaps, Is.Empty);
        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo($"[Id =1] {{Id =1,v\"={shown}}} → {{Id =1,v\"=null}}" + (shown == "null" ? " ~" : " ~v\"")));
    }

    [TestCase("bigint", "'9007199254740993'")]
    [TestCase("text", "'a''\"\\,{}'")]
    [TestCase("varchar(5)", "'abc'")]
    [TestCase("char(5)", "'abc'")]
    [TestCase("uuid", "'6f1f0b58-7c2e-4c0c-9d0f-3d3a2d1e0f00'")]
    [TestCase("timestamptz", "'2026-11-20 10:00:00.123456+02'")]
    [TestCase("timestamp", "'2026-11-20 10:00:00.123456'")]
    [TestCase("date", "'2026-11-20'")]
    [TestCase("numeric", "'1.500'")]
    [TestCase("float8", "'0.1'")]
    [TestCase("mood", "'happy'")]
    [TestCase("cents", "'7'")]
    [TestCase("boolean", "'t'")]
    public async Task A_key_of_any_type_finds_its_row_again(string type, string key)
    {
        await RunPlainAsync($"DROP TABLE IF EXISTS keyed, keyed2; CREATE TABLE keyed (k {type} PRIMARY KEY, v int); INSERT INTO keyed VALUES ({key}, 1); CREATE TABLE keyed2 (k {type}, n int, v int, PRIMARY KEY (n, k)); INSERT INTO keyed2 VALUES ({key}, 2, 1)");
        foreach (string table in (string[])["keyed", "keyed2"])
        {
            TableShapes.Forget(Plain.ConnectionString, table);
            Taken taken = Recorder.Record(() => Over(connection => connection.Execute($"UPDATE {table} SET v = 2 WHERE v = 1")));
            Assert.That(taken.Gaps, Is.Empty);
            Assert.That(taken.Mutations[0].Changed, Is.EqualTo(new[] { "v" }));
        }
    }

    [Test]
    public async Task A_long_text_is_cut()
    {
        await RunPlainAsync("UPDATE stock SET note = repeat('ä', 10000) WHERE id = 1");
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("DELETE FROM stock WHERE id = 1")));
        Assert.That(taken.Mutations[0].Before![0].Single(value => value.Name == "note").Value, Is.EqualTo(new CutText(new string('ä', 8192))));
    }

    [Test]
    public async Task The_rows_of_a_partitioned_table_are_found()
    {
        await RunPlainAsync("DROP TABLE IF EXISTS parted; CREATE TABLE parted (id int PRIMARY KEY, v int) PARTITION BY RANGE (id); CREATE TABLE parted1 PARTITION OF parted FOR VALUES FROM (0) TO (10); INSERT INTO parted VALUES (1, 1)");
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE parted SET v = 2 WHERE id = 1")));
        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo("[id=1] {id=1,v=1} → {id=1,v=2} ~v"));
    }

    [Test]
    public async Task A_row_that_a_trigger_keeps_is_shown_after_a_delete()
    {
        await RunPlainAsync("""
            DROP TABLE IF EXISTS kept; CREATE TABLE kept (id int PRIMARY KEY, gone boolean DEFAULT false); INSERT INTO kept VALUES (1);
            CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE kept SET gone = true WHERE id = OLD.id; RETURN NULL; END';
            CREATE TRIGGER keep BEFORE DELETE ON kept FOR EACH ROW EXECUTE FUNCTION keep();
            """);
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("DELETE FROM kept WHERE id = 1")));

        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo("[id=1] {id=1,gone=False} → {id=1,gone=True} ~gone"));
        Assert.That(taken.Gaps.Single().Why, Is.EqualTo("1 rows were read before a statement that changed 0"));
    }

    private void Over(Action<DbConnection> work)
    {
        using DbConnection connection = Decorated.OpenConnection();
        work(connection);
    }
}
