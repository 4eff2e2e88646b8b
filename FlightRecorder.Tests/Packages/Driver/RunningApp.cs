using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace FlightRecorder.Tests.Packages;

/// <summary>A consumer's program while it runs, with a journal of its own.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _directory;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _client = new();

    private RunningApp(Process process, string directory)
    {
        _process = process;
        _directory = directory;
    }

    /// <summary>All it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="program">A dll, or a program of its own.</param>
    public static async Task<RunningApp> StartAsync(string program)
    {
        string directory = Directory.CreateTempSubdirectory("flight-consumer-run-").FullName;
        var app = new RunningApp(new Process { StartInfo = StartInfo(program, directory) }, directory);
        app.Start();
        if (await app._address.Task.WaitAsync(Deadline) is not { } address)
        {
            string output = app.Output;
            await app.DisposeAsync();
            throw new InvalidOperationException($"The consumer did not start: {output}");
        }

        app._client.BaseAddress = address;
        return app;
    }

    public async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await _client.PostAsJsonAsync(path, body);
        return response.StatusCode;
    }

    /// <summary>Asks it to end as a platform does, and returns the journal's lines.</summary>
    public async Task<JsonElement[]> StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return [.. Directory.GetFiles(_directory, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => !line.TryGetProperty("kind", out JsonElement kind) || kind.GetString() != "note")];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void Start()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetResult(null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        int at = line?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line![(at + Listening.Length)..].Trim()));
        }
    }

    private static ProcessStartInfo StartInfo(string program, string directory)
    {
        bool isDll = Path.GetExtension(program) == ".dll";
        return new ProcessStartInfo(isDll ? "dotnet" : program, [.. isDll ? [program] : Array.Empty<string>(), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["FlightRecorder__Journal__Directory"] = Path.Combine(directory, "journal"),

                // Consumers for an older framework run on the newest runtime there is.
                ["DOTNET_ROLL_FORWARD"] = "Major",
            },
        };
    }
}
