using System.Diagnostics;
using System.Text;

namespace FlightRecorder.Tests.Support;

/// <summary>A web app as a process of its own: says where it listens, can be asked to end or be ended, and is gone when disposed of.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
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

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task<Uri> ListenAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The app ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            return await _address.Task.WaitAsync(s_deadline);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The app did not start: {Output}", exception);
        }
    }

    /// <summary>Asks it to end as a platform does, and waits until it has: then the journal is complete.</summary>
    public Task<int> StopAsync() => SignalAsync("-TERM");

    /// <summary>Ends it without a last word.</summary>
    public Task<int> KillAsync() => SignalAsync("-KILL");

    public async ValueTask DisposeAsync()
    {
        if (IsRunning())
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<int> SignalAsync(string signal)
    {
        using (Process kill = Process.Start("kill", [signal, _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(s_deadline);
        return _process.ExitCode;
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
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
}
