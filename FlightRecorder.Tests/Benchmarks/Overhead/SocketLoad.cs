using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>The load where wrk is not to be had, and where a rate is to be kept: raw sockets, one request at a time on each of 32 kept-alive connections.</summary>
internal static class SocketLoad
{
    private const int Connections = 32;

    /// <param name="port">Where the server listens on this machine.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="rate">Requests a second of all connections together, as far as the server keeps up; 0 is as many as it takes.</param>
    public static async Task<LoadResult> RunAsync(int port, int seconds, int rate = 0)
    {
        byte[] request = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {BenchBody.Json.Length}\r\n\r\n{BenchBody.Json}"));
        long end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        TimeSpan pace = rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)Connections / rate);
        Task<(List<long> Ticks, long Errors)>[] runs = [.. Enumerable.Range(0, Connections).Select(i => ConnectionAsync(port, request, end, pace, pace * i / Connections))];
        (List<long> Ticks, long Errors)[] results = await Task.WhenAll(runs).ConfigureAwait(false);
        long[] ticks = [.. results.SelectMany(result => result.Ticks).Order()];
        double p99 = ticks.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, ticks[(int)(ticks.Length * 0.99)]).TotalMicroseconds;
        return new LoadResult(ticks.Length / (double)seconds, p99, ticks.Length, results.Sum(result => result.Errors));
    }

    private static async Task<(List<long> Ticks, long Errors)> ConnectionAsync(int port, byte[] request, long end, TimeSpan pace, TimeSpan first)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
        var ticks = new List<long>();
        long errors = 0;
        byte[] buffer = new byte[16 * 1024];
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetTimestamp() < end)
        {
            TimeSpan early = first + (pace * ticks.Count) - Stopwatch.GetElapsedTime(begun);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early).ConfigureAwait(false);
            }

            long start = Stopwatch.GetTimestamp();
            await socket.SendAsync(request).ConfigureAwait(false);
            errors += await ReadResponseAsync(socket, buffer).ConfigureAwait(false) ? 0 : 1;
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        return (ticks, errors);
    }

    // The server answers chunked: the response ends with the empty chunk.
    private static async Task<bool> ReadResponseAsync(Socket socket, byte[] buffer)
    {
        int length = 0;
        while (true)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length)).ConfigureAwait(false);
            length += read;
            ReadOnlySpan<byte> seen = buffer.AsSpan(0, length);
            if (read == 0 || seen.EndsWith("0\r\n\r\n"u8))
            {
                return seen.StartsWith("HTTP/1.1 200"u8);
            }
        }
    }
}
