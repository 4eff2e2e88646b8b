using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>One measured server: its own process, pinned to the first core.</summary>
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

    public static async Task<ServerProcess> StartAsync(string mode)
    {
        int port = FreePort();
        string directory = Path.Combine(Path.GetTempPath(), "flight-bench-" + Guid.NewGuid().ToString("n"));
        string self = Path.Combine(AppContext.BaseDirectory, "FlightRecorder.Benchmarks.dll");
        var start = new ProcessStartInfo("taskset", ["-c", "0", "dotnet", self, "serve", mode, port.ToString(CultureInfo.InvariantCulture), directory])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("taskset did not start");
        var server = new ServerProcess(mode, process, port, directory);
        await server.WaitUntilUpAsync().ConfigureAwait(false);
        return server;
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
