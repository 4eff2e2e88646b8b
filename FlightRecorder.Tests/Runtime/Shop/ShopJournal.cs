namespace FlightRecorder.Tests.Shop;

/// <summary>What a shop left on disk.</summary>
internal static class ShopJournal
{
    public static async Task<IReadOnlyList<Recording>> ReadAsync(string directory)
    {
        var reader = new JournalReader(directory);
        List<Recording> recordings = [];
        foreach (RecordingSummary summary in await reader.ListAsync(new RecordingQuery { Limit = 1000 }))
        {
            recordings.Add((await reader.GetAsync(summary.Id))!);
        }

        return recordings;
    }

    /// <summary>Fails when a secret stands in any recording, prompt or file, as it is or in a usual encoding.</summary>
    public static async Task AssertHidesAsync(RecordingProbe probe, string secret)
    {
        using var canary = new RedactionCanary(probe);
        canary.Watch("a secret of the shop", secret);
        await canary.AssertNoLeakAsync();
    }
}
