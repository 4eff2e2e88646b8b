using System.Diagnostics;
using System.Globalization;

namespace FlightRecorder.Benchmarks.Fleet;

/// <summary>One instance of the fleet, as it is seen from outside: started, killed, started again in the same directory, stopped.</summary>
internal sealed class WriterProcess(string home, int perSecond, string store) : IDisposable
{
    private Process? _process;

    public string Home => home;

    public void Start()
    {
        Directory.CreateDirectory(home);
        string self = Path.Combine(AppContext.BaseDirectory, "FlightRecorder.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [self, "fleet-writer", home, perSecond.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            Environment = { [FleetWriter.StoreVariable] = store },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync().ConfigureAwait(false);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Lets it come to its regular end; false when it failed.</summary>
    public async Task<bool> StopAsync()
    {
        if (_process is not { } process)
        {
            return true;
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().ConfigureAwait(false);
        bool isWell = process.ExitCode == 0;
        process.Dispose();
        _process = null;
        return isWell;
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
    }
}
