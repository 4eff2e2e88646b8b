using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>What one round of load saw.</summary>
internal sealed record LoadResult(double RequestsPerSecond, double P99Microseconds, long Requests, long Errors);

/// <summary>wrk on the second core, posting the body over 32 kept-alive connections.</summary>
internal static partial class WrkLoad
{
    private const string Script = """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        local file = io.open(os.getenv("FLIGHT_BENCH_BODY"), "r")
        wrk.body = file:read("*a")
        file:close()
        """;

    public static bool IsAvailable => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    public static async Task<LoadResult> RunAsync(int port, int seconds)
    {
        string folder = Directory.CreateTempSubdirectory("flight-wrk-").FullName;
        try
        {
            string script = Path.Combine(folder, "post.lua"), body = Path.Combine(folder, "body.json");
            await File.WriteAllTextAsync(script, Script).ConfigureAwait(false);
            await File.WriteAllTextAsync(body, BenchBody.Json).ConfigureAwait(false);
            var start = new ProcessStartInfo("taskset", ["-c", "1", "wrk", "-t1", "-c32", $"-d{seconds}s", "--latency", "-s", script, $"http://127.0.0.1:{port}/orders"])
            {
                RedirectStandardOutput = true,
                Environment = { ["FLIGHT_BENCH_BODY"] = body },
            };
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start");
            string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            return Parse(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static LoadResult Parse(string output)
    {
        Match rate = Rate().Match(output), p99 = P99().Match(output), total = Total().Match(output);
        if (!rate.Success || !p99.Success || !total.Success)
        {
            throw new InvalidOperationException("wrk said: " + output);
        }

        double unit = p99.Groups[2].Value switch { "us" => 1, "ms" => 1000, _ => 1_000_000 };
        long errors = NonSuccess().Match(output) is { Success: true } bad ? long.Parse(bad.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new LoadResult(Number(rate), Number(p99) * unit, long.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture), errors);
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Total();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex NonSuccess();
}
