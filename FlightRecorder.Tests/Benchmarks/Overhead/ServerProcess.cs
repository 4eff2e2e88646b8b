using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>One measured server: its own process, warmed up on all cores and then pinned to the first.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(string mode, Process process, int port, string directory)
    {
        Mode = mode;
        Port = port;
        Directory = directory;
        _process = process;
    }

    public string Mode { get; }

    public int Port { get; }

    public string Directory { get; }

    public static async Task<ServerProcess> StartAsync(string mode, string? store = null)
    {
        int port = FreePort();
        string directory = Path.Combine(Path.GetTempPath(), "flight-bench-" + Guid.NewGuid().ToString("n"));
        string self = Path.Combine(AppContext.BaseDirectory, "FlightRecorder.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [self, "serve", mode, port.ToString(CultureInfo.InvariantCulture), directory])
        {
            RedirectStandardOutput = true,
            Environment = { [BenchServer.StoreVariable] = store },
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var server = new ServerProcess(mode, process, port, directory);
        await server.WaitUntilUpAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>
    /// Confines the process to the first core. Only after warming up: the runtime compiles its optimised code in the background,
    /// and on one busy core it would be measured for a minute in the slower, instrumented form.
    /// </summary>
    public async Task PinAsync()
    {
        using Process pin = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", "0", _process.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("taskset did not start");
        await pin.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await pin.WaitForExitAsync().ConfigureAwait(false);
    }

    public async Task<long> AllocatedBytesAsync()
    {
        using var client = new HttpClient();
        string text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/allocated")).ConfigureAwait(false);
        return long.Parse(text, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private async Task WaitUntilUpAsync()
    {
        long deadline = Stopwatch.GetTimestamp() + (20 * Stopwatch.Frequency);
        while (true)
        {
            try
            {
                await AllocatedBytesAsync().ConfigureAwait(false);
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetTimestamp() < deadline && !_process.HasExited)
            {
                await Task.Delay(50).ConfigureAwait(false);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
