using System.Net;
using System.Text.Json;

namespace FlightRecorder.Tests.Packages;

/// <summary>What every consumer must do: record a request to the journal, without the secret.</summary>
internal static class Recorded
{
    private const string Secret = "opal-kingfisher-77";

    public static async Task RequestIsRecordedAsync(string program, params string[] paths)
    {
        await using RunningApp app = await RunningApp.StartAsync(program);
        foreach (string path in paths)
        {
            Assert.That(await app.PostAsync(path, new { name = "Ada", nickname = Secret }), Is.EqualTo(HttpStatusCode.OK), app.Output);
        }

        JsonElement[] lines = await app.StopAsync();
        Assert.Multiple(() =>
        {
            Assert.That(lines.Select(line => line.GetProperty("request").GetProperty("path").GetString()), Is.EqualTo(paths), app.Output);
            Assert.That(lines.Select(Nickname), Has.All.EqualTo("[REDACTED]"));
            Assert.That(lines.Select(line => line.GetRawText()), Has.None.Contains(Secret));
            Assert.That(lines.Select(line => line.GetProperty("endpoint").TryGetProperty("location", out _)), Has.All.True);
            Assert.That(app.Output, Does.Not.Contain("warn:"));
        });
    }

    private static string? Nickname(JsonElement line) => line.GetProperty("request").GetProperty("body").GetProperty("nickname").GetString();
}
