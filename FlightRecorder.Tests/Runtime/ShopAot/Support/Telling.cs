using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>What one build of the sample left behind after the story was told to it.</summary>
internal sealed record Telling(int ExitCode, IReadOnlyList<JsonObject> Lines, IReadOnlyDictionary<string, byte[]> Files)
{
    public static async Task<Telling> OfAsync(Build build)
    {
        await using ShopProcess shop = await ShopProcess.StartAsync(build);
        await Story.TellAsync(shop.Client);
        int exitCode = await shop.StopAsync();
        Dictionary<string, byte[]> files = Directory.GetFiles(shop.Journal, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        return new Telling(exitCode, JournalText.Lines(shop.Journal), files);
    }

    public JsonObject Line(string requestId) => Lines.Single(line => JournalText.RequestIdOf(line) == requestId);
}
