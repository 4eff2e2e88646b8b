using System.Text.Json.Nodes;
using Npgsql;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>What one build of the sample left behind after the story was told to it.</summary>
/// <param name="ExitCode">Zero when it stopped cleanly.</param>
/// <param name="Lines">The recordings.</param>
/// <param name="Files">The journal's.</param>
/// <param name="Rows">What the database held before the story, and after each of its requests.</param>
internal sealed record Telling(int ExitCode, IReadOnlyList<JsonObject> Lines, IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<ShopRows> Rows)
{
    public static async Task<Telling> OfAsync(Build build)
    {
        await using ShopProcess shop = await ShopProcess.StartAsync(build);
        await using var source = NpgsqlDataSource.Create(shop.Database);
        List<ShopRows> rows = [await ShopRows.ReadAsync(source)];
        await Story.TellAsync(shop.Client, async () => rows.Add(await ShopRows.ReadAsync(source)));
        int exitCode = await shop.StopAsync();
        Dictionary<string, byte[]> files = Directory.GetFiles(shop.Journal, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        return new Telling(exitCode, JournalText.Lines(shop.Journal), files, rows);
    }

    public JsonObject Line(string requestId) => Lines.Single(line => JournalText.RequestIdOf(line) == requestId);
}
