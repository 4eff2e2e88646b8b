using FlightRecorder.Prompts;

namespace FlightRecorder.Tests.Core.Prompt;

internal sealed class PromptBudgetTests
{
    private static readonly EvidenceFence Fence = new("0123456789ab");

    [Test]
    public void No_prompt_is_longer_than_its_budget([Range(2_000, 6_000, 397)] int maxChars) => AssertFits(maxChars);

    [TestCase(12_000)]
    [TestCase(24_000)]
    [TestCase(100_000)]
    [TestCase(1_000_000)]
    public void No_prompt_is_longer_than_a_large_budget(int maxChars) => AssertFits(maxChars);

    [TestCase(2_000)]
    [TestCase(3_456)]
    [TestCase(24_000)]
    public void A_cut_is_the_same_each_time(int maxChars) => Assert.That(Write(maxChars), Is.EqualTo(Write(maxChars)));

    [TestCase(2_000)]
    [TestCase(5_000)]
    [TestCase(24_000)]
    public void A_cut_prompt_says_what_it_cut(int maxChars)
        => Assert.That(Write(maxChars), Does.Match(@"Cut to fit the character budget, least telling first: .*timeline \d+ of \d+"));

    [Test]
    public void A_prompt_that_fits_says_nothing_of_cuts() => Assert.That(PromptWriter.Write(Recordings.Ship), Does.Not.Contain("Cut"));

    [Test]
    public void A_prompt_of_exactly_the_budget_is_whole()
    {
        string whole = PromptWriter.Write(Recordings.Ship, null, Fence);
        Assert.That(PromptWriter.Write(Recordings.Ship, new PromptOptions { MaxChars = whole.Length }, Fence), Is.EqualTo(whole));
        Assert.That(PromptWriter.Write(Recordings.Ship, new PromptOptions { MaxChars = whole.Length - 1 }, Fence), Does.Contain("Cut to fit"));
    }

    [Test]
    public void The_exception_the_failed_statement_and_the_diff_go_last()
    {
        string prompt = Write(2_600);
        Assert.That(prompt, Does.Contain("DbUpdateException").And.Contain("UPDATE stock SET reserved").And.Match(@"reserved \| 3 +\| -2"));
        Assert.That(prompt, Does.Not.Contain("E1 stack").And.Not.Contain("step-1000"));
    }

    [Test]
    public void Sections_and_tasks_stay_in_the_smallest_prompt()
    {
        string prompt = Write(2_000);
        Assert.That(prompt, Does.Contain("you have full read access to the repository").And.Contain("## Gaps").And.Contain("5. List the tests"));
        Assert.That(prompt, Does.Contain("DbUpdateException"));
    }

    [Test]
    public void A_huge_body_leaves_room_for_the_rest()
    {
        string prompt = Write(24_000);
        Assert.That(prompt, Does.Contain("status 500").And.Contain("E1 stack").And.Contain("http.response.sent"));
    }

    [Test]
    public void Nothing_stays_where_something_more_telling_was_cut()
    {
        string[] mostTellingFirst = ["See the inner exception for details.", "failed: 23514: new row violates check constraint \"ck_stock_reserved\"", "unchanged: product_id=3\nend", "route: api", "T2 db.query: samples", "notify: yes, sms"];
        for (int maxChars = 2_000; maxChars < 5_000; maxChars += 3)
        {
            string prompt = PromptWriter.Write(Recordings.Ship, new PromptOptions { MaxChars = maxChars }, Fence);
            bool[] kept = [.. mostTellingFirst.Select(piece => prompt.Contains(piece))];
            Assert.That(kept, Is.Ordered.Descending, $"{maxChars}: {string.Join(' ', kept)}");
        }
    }

    [TestCase(1_999)]
    [TestCase(1_000_001)]
    [TestCase(0)]
    [TestCase(-5)]
    public void A_budget_outside_the_range_is_refused_by_name(int maxChars)
        => Assert.That(() => PromptWriter.Write(Recordings.Ship, new PromptOptions { MaxChars = maxChars }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("MaxChars must be 2 000 to 1 000 000"));

    private static void AssertFits(int maxChars)
    {
        string prompt = Write(maxChars);
        Assert.That(prompt, Has.Length.LessThanOrEqualTo(maxChars));
        Assert.That(() => MarkdownFences.Split(prompt), Throws.Nothing);
        Assert.That(prompt, Has.Length.GreaterThan(Math.Min(maxChars, 50_000) - 600), "the budget should be used");
    }

    private static string Write(int maxChars) => PromptWriter.Write(Large, new PromptOptions { MaxChars = maxChars, Related = [Recordings.Create] }, Fence);

    private static Recording Large { get; } = Recordings.Ship with
    {
        Request = Recordings.Ship.Request! with { Body = new RecordedBody { Kind = BodyKind.Json, State = BodyState.Complete, Value = Recordings.Json($$"""{"note":"{{new string('n', 60_000)}}","emoji":"{{string.Concat(Enumerable.Repeat("😀\\u200b", 900))}}"}""") } },
        Response = Recordings.Ship.Response! with { Body = new RecordedBody { Kind = BodyKind.Text, State = BodyState.Complete, Value = Recordings.Json($"\"{new string('r', 30_000)}\"") } },
        Errors = [Recordings.Ship.Errors[0] with { Stack = string.Join('\n', Enumerable.Range(0, 400).Select(i => $"   at Frame{i}() in /_/src/File{i}.cs:line {i}")) }],
        Timeline = [.. Enumerable.Range(0, 2_000).Select(i => new RecordedEntry { Type = "mark", Detail = $"step-{i}" }), .. Recordings.Ship.Timeline],
        Gaps = [.. Enumerable.Range(0, 30).Select(i => new RecordedGap($"part {i}", "not seen"))],
    };
}
