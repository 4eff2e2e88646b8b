using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Growth;

/// <summary>Measures from the start of a process to its first answer on a socket.</summary>
internal static class StartUp
{
    private static readonly byte[] Request = "GET /health HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"u8.ToArray();
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The milliseconds of one start; the process is killed afterwards.</summary>
    public static Task<double> MeasureAsync(Build build)
        => StartAsync(build, (_, started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    /// <summary>The shared libraries in the memory of a process that has answered.</summary>
    public static Task<string[]> LibrariesAsync(Build build)
        => StartAsync(build, (process, _) => File.ReadLines($"/proc/{process.Id}/maps")
            .Where(line => line.Contains(".so", StringComparison.Ordinal))
            .Select(line => Path.GetFileName(line))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray());

    private static async Task<T> StartAsync<T>(Build build, Func<Process, long, T> onAnswer)
    {
        string directory = Directory.CreateTempSubdirectory("flight-start-").FullName;
        int port = FreePort();
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(StartInfo(build, port, directory))!;
        try
        {
            await AnswerAsync(port, process, started);
            return onAnswer(process, started);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task AnswerAsync(int port, Process process, long started)
    {
        while (!await TryGetAsync(port))
        {
            Assert.That(process.HasExited, Is.False, "the shop ended before it answered");
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(Deadline));
            await Task.Delay(1);
        }
    }

    private static async Task<bool> TryGetAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }

        await socket.SendAsync(Request);
        byte[] answer = new byte[1024];
        int length = await socket.ReceiveAsync(answer);
        return answer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8) ? true : throw new InvalidOperationException("The first answer is no 200.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // No database: nothing connects before the first statement.
    private static ProcessStartInfo StartInfo(Build build, int port, string directory)
        => new(build.File, ["--contentRoot", build.ContentRoot, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None", "--Logging:LogLevel:FlightRecorder=None"])
        {
            Environment =
            {
                ["SHOP_DATABASE"] = "Host=127.0.0.1;Database=none",
                ["FlightRecorder__Journal__Directory"] = Path.Combine(directory, "journal"),
            },
        };
}
