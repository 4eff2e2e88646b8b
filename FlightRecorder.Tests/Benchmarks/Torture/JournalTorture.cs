using System.Globalization;
using FlightRecorder.Tests.Core.Journal;

namespace FlightRecorder.Benchmarks.Torture;

/// <summary>
/// Processes that write a journal are killed with SIGKILL, at their N-th file operation or from outside, several in a row over one
/// directory, compiled while they run and ahead of time in turn. After each death every acknowledged line must be there, once, none
/// may be invented, and the next start may take two seconds.
/// </summary>
internal static class JournalTorture
{
    private const int Lives = 4;
    private const int DefaultKills = 1000;

    // Numbers of lives over one directory do not meet.
    private const int NumbersOfLife = 10_000;

    // A kill is the same in memory, and a sync waits for no disk that others use. TMPDIR names another place.
    private static readonly string s_parent = Environment.GetEnvironmentVariable("TMPDIR") is null && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private static readonly string[] s_moments = ["before", "half", "after"];

    /// <param name="args">How many kills, and from what seed on.</param>
    /// <returns>0 when nothing was lost.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        int kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : DefaultKills;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0;
        string[][] commands = Commands();
        Console.WriteLine($"torture journal: {kills} kills, {string.Join(" and ", commands.Select(command => command[^1]))}");
        var sum = new Sum();
        await Parallel.ForEachAsync(
            Enumerable.Range(seed, (kills + Lives - 1) / Lives),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (number, _) => await DieAsync(number, commands[number % commands.Length], sum).ConfigureAwait(false)).ConfigureAwait(false);
        Console.WriteLine(sum.ToString());
        return sum.Failures.Count == 0 ? 0 : 1;
    }

    private static string[][] Commands()
    {
        string artifacts = Path.Combine(AppContext.BaseDirectory, "..", "..", "..");
        string jit = Path.GetFullPath(Path.Combine(artifacts, "bin/FlightRecorder.CrashApp/release/FlightRecorder.CrashApp.dll"));
        string aot = Path.GetFullPath(Path.Combine(artifacts, "publish/FlightRecorder.CrashApp.Aot/release/FlightRecorder.CrashApp"));
        return File.Exists(aot) ? [["dotnet", jit], [aot]] : [["dotnet", jit]];
    }

    private static string? Fault(JournalVictim victim, out TimeSpan started)
        => victim.Fault(out started) ?? (started > TimeSpan.FromSeconds(2) ? $"the next start took {started.TotalSeconds:F1} s" : null);

    private static async Task DieAsync(int seed, string[] command, Sum sum)
    {
        var random = new Random(seed);
        string directory = Directory.CreateDirectory(Path.Combine(s_parent, "torture-" + Guid.NewGuid().ToString("n"))).FullName;
        var victim = new JournalVictim(command, directory);
        try
        {
            for (int life = 0; life < Lives; life++)
            {
                string fault = $"seed {seed}, life {life}";
                int code = await LiveAsync(victim, life, random).ConfigureAwait(false);
                TimeSpan started = default;
                sum.Add(code != JournalVictim.Killed ? $"it ended with {code}: {victim.Error}" : Fault(victim, out started), fault, started);
            }

            sum.Acknowledged(victim.Acknowledged);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task<int> LiveAsync(JournalVictim victim, int life, Random random)
    {
        var load = new JournalVictim.Load
        {
            First = (life * NumbersOfLife) + 1,
            Count = 1000,
            Batch = random.Next(1, 5),
            Sync = (JournalSync)random.Next(3),
            SegmentBytes = random.Next(4) == 0 ? 1024 * 1024 : 16 * 1024,
        };
        if (random.Next(4) > 0)
        {
            return victim.RunAsync(load, string.Create(CultureInfo.InvariantCulture, $"at={random.Next(1, 200)} how={s_moments[random.Next(s_moments.Length)]}"));
        }

        int heard = 0, killAt = random.Next(1, 200);
        return victim.RunAsync(load, "end=wait", (process, _) =>
        {
            if (++heard == killAt)
            {
                process.Kill();
            }
        });
    }

    /// <summary>What came of it.</summary>
    private sealed class Sum
    {
        private readonly Lock _gate = new();
        private int _kills;
        private long _acknowledged;
        private TimeSpan _slowest;

        public List<string> Failures { get; } = [];

        public void Add(string? failure, string what, TimeSpan started)
        {
            lock (_gate)
            {
                _kills++;
                _slowest = started > _slowest ? started : _slowest;
                if (failure is not null)
                {
                    Failures.Add(what);
                    Console.WriteLine($"{what}: {failure}");
                }

                if (_kills % 100 == 0)
                {
                    Console.WriteLine($"{_kills} kills, {Failures.Count} failures");
                }
            }
        }

        public void Acknowledged(long lines)
        {
            lock (_gate)
            {
                _acknowledged += lines;
            }
        }

        public override string ToString()
            => $"{_kills} kills injected, {_acknowledged} acknowledged lines, {Failures.Count} failures; slowest next start {_slowest.TotalMilliseconds:F0} ms";
    }
}
