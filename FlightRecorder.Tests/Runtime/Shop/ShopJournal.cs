using System.Text;

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

    /// <summary>Fails when a secret stands in any file, as it is or in a usual encoding.</summary>
    public static void AssertHides(string directory, string secret)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(secret);
        string[] forms = [secret, Convert.ToHexString(utf8), Convert.ToBase64String(utf8).TrimEnd('='), Uri.EscapeDataString(secret), string.Concat(utf8.Select(b => $"%{b:X2}"))];
        string[] files = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
        Assert.That(files, Is.Not.Empty);
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            Assert.That(forms.Where(form => Encoding.UTF8.GetString(bytes).Contains(form, StringComparison.OrdinalIgnoreCase)), Is.Empty, file);
            Assert.That(Encoding.Unicode.GetString(bytes), Does.Not.Contain(secret), file);
        }
    }
}
