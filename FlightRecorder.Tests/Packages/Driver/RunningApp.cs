using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>A consumer's program while it runs, with a journal of its own.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly string _directory;
    private readonly HttpClient _client = new();

    private RunningApp(string program, string directory)
    {
        _process = new ServerProcess(StartInfo(program, directory));
        _directory = directory;
    }

    /// <summary>All it has printed so far.</summary>
    public string Output => _process.Output;

    /// <param name="program">A dll, or a program of its own.</param>
    public static async Task<RunningApp> StartAsync(string program)
    {
        string directory = Directory.CreateTempSubdirectory("flight-consumer-run-").FullName;
        var app = new RunningApp(program, directory);
        try
        {
            app._client.BaseAddress = await app._process.ListenAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await _client.PostAsJsonAsync(path, body);
        return response.StatusCode;
    }

    /// <summary>Asks it to end as a platform does, and returns the journal's lines.</summary>
    public async Task<JsonElement[]> StopAsync()
    {
        await _process.StopAsync();
        return [.. Directory.GetFiles(_directory, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => !line.TryGetProperty("kind", out JsonElement kind) || kind.GetString() != "note")];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static ProcessStartInfo StartInfo(string program, string directory)
    {
        bool isDll = Path.GetExtension(program) == ".dll";
        return new ProcessStartInfo(isDll ? "dotnet" : program, [.. isDll ? [program] : Array.Empty<string>(), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = directory,
            Environment =
            {
                ["FlightRecorder__Journal__Directory"] = Path.Combine(directory, "journal"),

                // Consumers for an older framework run on the newest runtime there is.
                ["DOTNET_ROLL_FORWARD"] = "Major",
            },
        };
    }
}
