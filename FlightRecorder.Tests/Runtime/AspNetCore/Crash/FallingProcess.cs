using System.Diagnostics;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.AspNetCore.Crash;

/// <summary>A real web app in a process of its own, with a journal that is read when it is gone.</summary>
internal sealed class FallingProcess : IDisposable
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "FlightRecorder.FallingApp", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "FlightRecorder.FallingApp.dll");

    private readonly JournalDirectory _journal;
    private readonly bool _isNext;
    private readonly Process _process;
    private bool _isDisposed;

    private FallingProcess(JournalDirectory? journal, string[] arguments)
    {
        (_journal, _isNext) = (journal ?? new JournalDirectory(), journal is not null);

        // No dump of the memory on a disk that others need.
        var start = new ProcessStartInfo("dotnet", [Program, "journal=" + _journal.Path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0", ["DOTNET_gcServer"] = "0" },
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Error += line.Data + "\n";
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; private set; } = null!;

    public string Error { get; private set; } = "";

    public int ExitCode => _process.ExitCode;

    public static Task<FallingProcess> StartAsync(params string[] arguments) => ServeAsync(new FallingProcess(null, arguments));

    /// <summary>The next start over the journal of this one, which is to be disposed after it.</summary>
    public Task<FallingProcess> StartNextAsync() => ServeAsync(new FallingProcess(_journal, []));

    private static async Task<FallingProcess> ServeAsync(FallingProcess process)
    {
        string? address = await process.ReadLineAsync();
        process.Client = new HttpClient { BaseAddress = new Uri(address ?? throw new InvalidOperationException("it did not start: " + process.Error)) };
        return process;
    }

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));

    public Task<HttpResponseMessage> PostAsync(string path, string user = "jane", string pin = "pin-4711-canary")
        => Client.PostAsJsonAsync(path, new { user, pin });

    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<TimeSpan> ExitAsync()
    {
        long started = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>All bytes of the journal, as text.</summary>
    public string Text() => string.Concat(_journal.Files.Select(File.ReadAllText));

    public async Task<IReadOnlyList<Recording>> RecordingsAsync()
    {
        var reader = new JournalReader(_journal.Path);
        var recordings = new List<Recording>();
        foreach (RecordingSummary summary in await reader.ListAsync(new RecordingQuery { Limit = 1000 }))
        {
            recordings.Add((await reader.GetAsync(summary.Id))!);
        }

        return recordings;
    }

    /// <summary>Waits until there is a recording.</summary>
    public async Task<Recording> FirstAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await RecordingsAsync() is [var first, ..])
            {
                return first;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        Client?.Dispose();
        if (!_isNext)
        {
            _journal.Dispose();
        }
    }
}
