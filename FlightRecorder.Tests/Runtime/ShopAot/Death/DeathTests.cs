using System.Net.Sockets;
using System.Text;
using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Death;

/// <summary>The binary compiled ahead of time is ended while it works.</summary>
[Category("Aot")]
internal sealed class DeathTests
{
    private const int Killed = 128 + 9;
    private const string Canary = "c4nary-7f3e9a";

    // Its body never comes to an end.
    private const string HalfARequest = $$"""
        POST /api/orders/1/payments?note={{Canary}} HTTP/1.1
        Host: shop
        Content-Type: application/json
        Content-Length: 4000
        Authorization: Bearer {{Canary}}
        Cookie: session={{Canary}}
        X-Request-Id: {{Canary}}

        {"card_number":"{{Canary}}","cvv":"{{Canary}}","note":"{{Canary}}
        """;

    [Test]
    public async Task A_killed_process_leaves_a_readable_journal()
    {
        await using ShopProcess shop = await ShopProcess.StartAsync(Build.Aot);
        await using var traffic = new Traffic(shop.Client);
        await traffic.ReachAsync(200);
        string[] early = [.. traffic.Answered];
        await traffic.ReachAsync(early.Length + 400);
        int exitCode = await shop.KillAsync();
        await traffic.EndAsync();

        var scan = new JournalScan();
        List<string?> stored = await ReadAsync(shop.Journal, scan);
        Assert.That(exitCode, Is.EqualTo(Killed));
        Assert.That(scan.Skipped - scan.TornLines - scan.ZeroRuns, Is.Zero);
        Assert.That(stored, Is.Unique.And.SubsetOf(traffic.Sent));
        Assert.That(early, Is.SubsetOf(stored), "answered long before the end");
    }

    [Test]
    public async Task The_next_start_shows_what_was_in_the_air_and_no_answered_request_is_lost()
    {
        await using ShopProcess killed = await ShopProcess.StartAsync(Build.Aot);
        await using var traffic = new Traffic(killed.Client);
        await traffic.ReachAsync(400);
        await killed.KillAsync();
        await traffic.EndAsync();
        Assert.That(Directory.GetFiles(killed.Journal, "*.slots"), Has.Length.EqualTo(1));

        await using ShopProcess next = await ShopProcess.StartAsync(Build.Aot, ("FlightRecorder__Journal__Directory", killed.Journal));
        await next.StopAsync();

        IReadOnlyList<RecordingSummary> found = await new JournalReader(killed.Journal).ListAsync(new RecordingQuery { Limit = 10_000 });
        RecordingSummary[] unfinished = [.. found.Where(summary => summary is { Kind: RecordingKind.Request, Outcome: RecordingOutcome.Unfinished })];
        Assert.That(unfinished, Is.Not.Empty.And.All.Matches<RecordingSummary>(summary => summary is { Method: "POST", Route: "/api/stock/{sku}/movements", Path: "/api/stock/tea/movements" }));
        Assert.That(found.Count(summary => summary.Kind == RecordingKind.Note), Is.EqualTo(1));
        Assert.That(found.Select(summary => summary.Id), Is.Unique);

        // A slot holds no request id: those that were answered and whose line was lost are among the unfinished ones.
        int lost = traffic.Answered.Except(found.Select(summary => summary.RequestId)).Count();
        Assert.That(lost, Is.LessThanOrEqualTo(unfinished.Length));
        Assert.That(Directory.GetFiles(killed.Journal, "*.slots"), Is.Empty, "an orderly end leaves none");
    }

    [Test]
    public async Task What_was_sent_before_the_kill_and_was_not_answered_is_in_no_file()
    {
        await using ShopProcess killed = await ShopProcess.StartAsync(Build.Aot);
        using var connection = new TcpClient(killed.Client.BaseAddress!.Host, killed.Client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(HalfARequest.ReplaceLineEndings("\r\n")));
        await using var traffic = new Traffic(killed.Client);
        await traffic.ReachAsync(400);
        await killed.KillAsync();
        await traffic.EndAsync();
        string[] before = Texts(killed.Journal);

        await using ShopProcess next = await ShopProcess.StartAsync(Build.Aot, ("FlightRecorder__Journal__Directory", killed.Journal));
        await next.StopAsync();
        IReadOnlyList<RecordingSummary> found = await new JournalReader(killed.Journal).ListAsync(new RecordingQuery { Limit = 10_000, Route = "/api/orders/{id:long}/payments" });
        Assert.That(found.Select(summary => (summary.Outcome, summary.Path)), Is.EqualTo(new[] { (RecordingOutcome.Unfinished, "/api/orders/1/payments") }), "the slot had been taken");
        Assert.That(before.Concat(Texts(killed.Journal)), Has.None.Contains(Canary));
    }

    [Test]
    public async Task A_process_asked_to_end_writes_all_that_it_answered()
    {
        await using ShopProcess shop = await ShopProcess.StartAsync(Build.Aot);
        await using var traffic = new Traffic(shop.Client);
        await traffic.ReachAsync(300);
        int exitCode = await shop.StopAsync();
        await traffic.EndAsync();

        var scan = new JournalScan();
        List<string?> stored = await ReadAsync(shop.Journal, scan);
        Assert.That(exitCode, Is.Zero);
        Assert.That(scan.Skipped, Is.Zero);
        Assert.That(stored, Is.Unique);
        Assert.That(traffic.Answered, Is.SubsetOf(stored));
    }

    private static async Task<List<string?>> ReadAsync(string journal, JournalScan scan)
    {
        var reader = new JournalReader(journal);
        List<string?> stored = [];
        foreach (RecordingSummary summary in await reader.ListAsync(new RecordingQuery { Limit = 100_000 }, scan))
        {
            stored.Add(summary.RequestId);
        }

        return stored;
    }

    private static string[] Texts(string directory) => [.. Directory.GetFiles(directory).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))];
}
