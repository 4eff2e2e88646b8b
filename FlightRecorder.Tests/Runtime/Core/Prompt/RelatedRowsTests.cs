using FlightRecorder.Prompts;

namespace FlightRecorder.Tests.Core.Prompt;

internal sealed class RelatedRowsTests
{
    [Test]
    public void A_row_that_both_wrote_ties_two_recordings()
    {
        RelatedRecording found = RelatedRows.Find(Recordings.Ship, [Recordings.Create]).Single();
        Assert.That(found.Rows, Does.Contain(new SharedRow(Theirs: 1, Mutation: 0, Query: -1)));
    }

    [Test]
    public void A_query_by_a_written_key_ties_two_recordings()
    {
        RelatedRecording found = RelatedRows.Find(Recordings.Ship with { Mutations = [] }, [Recordings.Create]).Single();
        Assert.That(found.Rows, Does.Contain(new SharedRow(Theirs: 0, Mutation: -1, Query: 1)));
    }

    [Test]
    public void The_prompt_names_the_earlier_recording_and_what_it_did_to_the_row()
    {
        string prompt = PromptWriter.Write(Recordings.Ship, new PromptOptions { Related = [Recordings.Create] });
        Assert.That(prompt, Does.Contain("R1 POST /api/orders → 201 (completed), recording 019a9f00-0000-7000-8000-00000000000a at 2026-11-20T09:30:00.000000Z"));
        Assert.That(prompt, Does.Contain("handler OrdersController.Create: samples/Shop/Controllers/OrdersController.cs:24"));
        Assert.That(prompt, Does.Contain("reserved | 0      | 3"));
        Assert.That(prompt, Does.Contain("begin with R1"));
    }

    [TestCase("""{"product_id":4}""", "stock", TestName = "Another key is another row")]
    [TestCase("""{"product_id":3}""", "shelf", TestName = "Another table is another row")]
    [TestCase("""{"product_id":3,"site":1}""", "stock", TestName = "A longer key is another row")]
    [TestCase("""{"product_id":"[REDACTED]"}""", "stock", TestName = "A masked key names no row")]
    [TestCase("{}", "stock", TestName = "An empty key names no row")]
    [TestCase("null", "stock", TestName = "No key names no row")]
    public void Other_rows_tie_nothing(string key, string table)
    {
        RecordedMutation mutation = Recordings.Create.Mutations[1] with { Key = Recordings.Json(key), Table = table };
        RecordedMutation ours = key.Contains("REDACTED") ? mutation : Recordings.Ship.Mutations[0];
        Assert.That(RelatedRows.Find(Recordings.Ship with { Mutations = [ours] }, [Recordings.Create with { Mutations = [mutation] }]), Is.Empty);
    }

    [Test]
    public void A_query_that_does_not_name_the_table_ties_nothing()
    {
        Recording reader = Recordings.Ship with { Mutations = [], Timeline = [new RecordedEntry { Sql = "SELECT * FROM orders_archive WHERE id = @id", Parameters = Recordings.Json("""{"id":7}""") }] };
        Assert.That(RelatedRows.Find(reader, [Recordings.Create]), Is.Empty);
    }

    [Test]
    public void Neither_itself_nor_a_later_recording_is_related()
    {
        Recording later = Recordings.Create with { StartedAt = Recordings.Ship.StartedAt.AddSeconds(1) };
        Assert.That(RelatedRows.Find(Recordings.Ship, [Recordings.Ship, later]), Is.Empty);
    }

    [Test]
    public void The_one_that_shares_more_rows_stands_first_then_the_newer_one()
    {
        Recording older = Recordings.Create with { Id = Guid.NewGuid(), Mutations = [Recordings.Create.Mutations[1]], StartedAt = Recordings.Create.StartedAt.AddSeconds(-9) };
        Recording newer = older with { Id = Guid.NewGuid(), StartedAt = Recordings.Create.StartedAt.AddSeconds(9) };
        IEnumerable<Guid> ids = RelatedRows.Find(Recordings.Ship, [older, newer, Recordings.Create]).Select(found => found.Recording.Id);
        Assert.That(ids, Is.EqualTo(new[] { Recordings.Create.Id, newer.Id, older.Id }));
    }

    [TestCase("SELECT * FROM \"Stock\" s", "stock", true)]
    [TestCase("SELECT * FROM shop.stock WHERE id = 1", "public.stock", true)]
    [TestCase("SELECT * FROM stock_items", "stock", false)]
    [TestCase("SELECT livestock, stock FROM x", "stock", true)]
    [TestCase("SELECT livestock FROM x", "stock", false)]
    [TestCase("stockstock", "stock", false)]
    [TestCase("SELECT 1", "", false)]
    public void A_table_is_named_by_a_whole_word(string sql, string table, bool named) => Assert.That(SqlNames.Holds(sql, table), Is.EqualTo(named));

    [TestCase("SELECT 1 FROM orders AS o WHERE o.id = @id", true)]
    [TestCase("SELECT 1 FROM orders o JOIN lines l ON l.order_id = o.id WHERE o.\"Id\" IN (@id)", true)]
    [TestCase("SELECT 1 FROM orders WHERE id = ANY (@id)", true)]
    [TestCase("SELECT 1 FROM orders WHERE orders.id = @id", true)]
    [TestCase("SELECT 1 FROM orders WHERE id BETWEEN 1 AND @id", true)]
    [TestCase("SELECT 1 FROM orders o, lines AS l WHERE l.id = @id", false)]
    [TestCase("SELECT 1 FROM orders o WHERE o.customer_id = @id", false)]
    [TestCase("UPDATE orders SET customer_id = @id", false)]
    [TestCase("INSERT INTO orders (customer_id) VALUES (@id)", false)]
    public void A_parameter_goes_with_the_column_it_is_compared_with(string sql, bool tied)
    {
        Recording reader = Recordings.Ship with { Mutations = [], Timeline = [new RecordedEntry { Sql = sql, Parameters = Recordings.Json("""{"id":7}""") }] };
        Assert.That(RelatedRows.Find(reader, [Recordings.Create]), tied ? Is.Not.Empty : Is.Empty);
    }

    [Test]
    public void A_key_by_member_and_one_by_column_name_one_row()
    {
        Recording member = Recordings.Create with { Mutations = [Recordings.Create.Mutations[1] with { Key = Recordings.Json("""{"ProductId":3}""") }] };
        Assert.That(RelatedRows.Find(Recordings.Ship, [member]), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_row_of_which_both_changed_the_same_member_stands_first()
    {
        Recording ship = Recordings.Ship with { Mutations = [Recordings.Create.Mutations[0] with { Changed = ["status"] }, .. Recordings.Ship.Mutations] };
        Assert.That(RelatedRows.Find(ship, [Recordings.Create]).Single().Rows.Select(row => row.Mutation), Is.EqualTo(new[] { 1, 0 }));
    }

    [Test, CancelAfter(20_000)]
    public void A_hostile_statement_costs_no_more_than_its_length()
    {
        string sql = "SELECT 1 FROM orders WHERE " + new string('a', 200_000) + "." + new string('b', 200_000) + string.Concat(Enumerable.Repeat(" x=", 50_000));
        Recording reader = Recordings.Ship with { Mutations = [], Timeline = [new RecordedEntry { Sql = sql, Parameters = Recordings.Json("""{"id":7}""") }] };
        Assert.That(RelatedRows.Find(reader, [Recordings.Create]), Is.Not.Empty);
    }
}
