using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Death;

/// <summary>The binary compiled ahead of time is ended while it works.</summary>
[Category("Aot")]
internal sealed class DeathTests
{
    private const int Killed = 128 + 9;

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
}
