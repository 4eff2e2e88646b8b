using System.Diagnostics;
using FlightRecorder.Tests.Core.Crash;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>Real processes that write a journal and are killed at it, or meet a fault of the real system.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(600_000)]
public sealed class JournalDeathTests(bool isAheadOfTime)
{
    private const int Kills = 50;

    private static readonly string[] s_moments = ["before", "half", "after"];

    private CrashProcess _process = null!;
    private JournalVictim _victim = null!;

    [SetUp]
    public void Prepare()
    {
        _process = new CrashProcess(isAheadOfTime, isInMemory: true);
        _victim = new JournalVictim(_process.Command, _process.Directory);
    }

    [TearDown]
    public void Remove() => _process.Dispose();

    [Test]
    public async Task Killed_at_any_operation_each_acknowledged_line_is_there_none_is_invented_and_the_next_start_is_quick()
    {
        var random = new Random(6);
        long acknowledged = 0;
        var starts = new List<TimeSpan>();
        for (int i = 0; i < Kills; i++)
        {
            using var process = new CrashProcess(isAheadOfTime, isInMemory: true);
            var victim = new JournalVictim(process.Command, process.Directory);
            var load = new JournalVictim.Load { Sync = (JournalSync)(i % 3), Batch = 1 + (i % 4) };
            string at = $"at={1 + random.Next(120)} how={s_moments[random.Next(s_moments.Length)]}";

            Assert.That(await victim.RunAsync(load, at), Is.EqualTo(JournalVictim.Killed), victim.Error);
            Assert.That(victim.Fault(out TimeSpan started), Is.Null, $"{load.Sync} {at}");
            acknowledged += victim.Acknowledged;
            starts.Add(started);
        }

        await TestContext.Out.WriteLineAsync($"{Kills} faults injected: kills; {acknowledged} acknowledged lines all there once; slowest next start {starts.Max().TotalMilliseconds:F0} ms");
        Assert.That(acknowledged, Is.GreaterThan(Kills));
        Assert.That(starts.Order().ElementAt(Kills / 2), Is.LessThan(TimeSpan.FromSeconds(1)), "half of them");
    }

    [Test]
    public async Task Killed_again_and_again_over_one_directory_nothing_of_any_life_is_lost()
    {
        for (int life = 0; life < 8; life++)
        {
            var load = new JournalVictim.Load { First = (life * NumberedLine.Numbers) + 1, Sync = JournalSync.Interval };
            int told = 0;
            int code = await _victim.RunAsync(load, "end=wait", (process, _) => KillAt(process, ++told, 5 + (11 * life)));
            Assert.That(code, Is.EqualTo(JournalVictim.Killed), _victim.Error);
        }

        Assert.That(_victim.Fault(out _), Is.Null);
    }

    [Test]
    public async Task Eight_processes_write_a_thousand_records_of_up_to_60_KB_into_one_directory_and_none_is_torn()
    {
        const int Processes = 8;
        JournalVictim[] victims = [.. Enumerable.Range(0, Processes).Select(_ => new JournalVictim(_process.Command, _process.Directory))];
        int[] codes = await Task.WhenAll(victims.Select((victim, app) => victim.RunAsync(new JournalVictim.Load
        {
            First = (app * NumberedLine.Numbers) + 1,
            MaxBytes = 60_000,
            SegmentBytes = 4 * 1024 * 1024,
        })));

        Assert.That(codes, Is.All.Zero);
        Assert.That(victims.Sum(victim => victim.Acknowledged), Is.EqualTo(Processes * 1000));
        var scan = new JournalScan();
        IReadOnlyList<RecordingSummary> merged = await new JournalReader(_victim.Journal).ListAsync(new RecordingQuery { Limit = 10_000 }, scan);
        Assert.That(scan.Skipped, Is.Zero);
        Assert.That(merged.Select(head => head.Sequence), Is.EqualTo(
            Enumerable.Range(0, Processes).SelectMany(app => Enumerable.Range((app * NumberedLine.Numbers) + 1, 1000)).Select(number => (long)number).Reverse()));
        foreach (JournalLine line in new JournalReader(_victim.Journal).ReadLines(scan))
        {
            SummaryParser.TryRead(line.Bytes.Span, out RecordingSummary? head);
            Assert.That(line.Bytes.Span.SequenceEqual(LineBuilder.Bytes(NumberedLine.Of((int)head!.Sequence, 60_000)).AsSpan()[..^1]), $"line {head.Sequence}");
        }
    }

    [Test]
    public async Task A_disk_that_is_full_refuses_lines_with_one_warning_and_takes_them_again_when_there_is_space()
    {
        string? filler = null;
        int refused = 0;
        int code = await _victim.RunAsync(
            new JournalVictim.Load { Sync = JournalSync.Interval, MaxBytes = 4000 },
            "",
            (process, told) =>
            {
                filler ??= $"/proc/{process.Id}/root{_process.Directory}/flight/filler";
                if (told.StartsWith('-') && ++refused == 5)
                {
                    File.Delete(filler);
                }
            },
            "mkdir flight && exec unshare -rm sh -c 'mount -t tmpfs -o size=12m none flight && head -c 11m /dev/zero >flight/filler; \"$@\"; code=$?; mkdir -p kept; cp flight/*.jsonl flight/*.dirty kept/ 2>/dev/null; exit $code' sh \"$@\"");
        Isolation.IgnoreWhereRefused(_victim.Error);

        Assert.That(code, Is.Zero, _victim.Error);
        Assert.That(refused, Is.InRange(5, 900));
        Directory.Delete(_victim.Journal, recursive: true);
        Directory.Move(Path.Combine(_process.Directory, "kept"), _victim.Journal);
        Assert.That(_victim.Fault(out _), Is.Null);
        Assert.That(Warnings("cannot be written (ENOSPC"), Is.EqualTo(1), _victim.Error);
    }

    [Test]
    public async Task Without_a_free_descriptor_lines_are_refused_until_there_is_one_and_none_leaks()
    {
        const int Early = 20;
        const int Late = 1400;
        int refused = 0, told = 0, before = 0, after = 0;
        int code = await _victim.RunAsync(
            new JournalVictim.Load { Sync = JournalSync.Interval, Count = 1500, Holds = [Early, Late] },
            "",
            (process, line) =>
            {
                if (++told == Early)
                {
                    before = Descriptors(process);
                    Shell.Run("prlimit --pid $0 --nofile=3:", process.Id.ToString());
                }
                else if (line.StartsWith('-') && ++refused == 5)
                {
                    Shell.Run("prlimit --pid $0 --nofile=1024:", process.Id.ToString());
                }
                else if (told == Late)
                {
                    after = Descriptors(process);
                }
            });

        Assert.That(code, Is.Zero, _victim.Error);
        Assert.That(refused, Is.InRange(5, 900));
        Assert.That(after, Is.EqualTo(before).Within(2));
        Assert.That(_victim.Fault(out _), Is.Null);
        Assert.That(Warnings("cannot be written (EMFILE"), Is.EqualTo(1), _victim.Error);
    }

    [Test]
    public async Task A_directory_whose_rights_are_taken_away_while_it_is_written_is_warned_of_once_and_used_again()
    {
        const int Early = 20;
        int refused = 0, told = 0;
        int code = await _victim.RunAsync(
            new JournalVictim.Load { Sync = JournalSync.Always, Holds = [Early] },
            heard: (_, line) =>
            {
                if (++told == Early)
                {
                    Shell.Run("chmod 555 $0", _victim.Journal);
                }
                else if (line.StartsWith('-') && ++refused == 5)
                {
                    Shell.Run("chmod 700 $0", _victim.Journal);
                }
            },
            script: """if [ "$(id -u)" = 0 ]; then exec setpriv --inh-caps=-all --bounding-set=-all "$@"; else exec "$@"; fi""");
        Isolation.IgnoreWhereRefused(_victim.Error);

        Assert.That(code, Is.Zero, _victim.Error);
        Assert.That(refused, Is.InRange(5, 900));
        Assert.That(_victim.Fault(out _), Is.Null);
        Assert.That(Warnings("cannot be written (EACCES"), Is.EqualTo(1), _victim.Error);
    }

    // The system refuses to remount a file system on which a file is open for writing; a mount over it, which it lets become read-only,
    // does the same to all that is opened by name from then on. What is open goes on until it is full.
    [Test]
    public async Task A_directory_that_becomes_read_only_while_it_is_written_is_warned_of_once_and_used_again()
    {
        const int Early = 20;
        int refused = 0, told = 0, takenAgain = 0;
        int code = await _victim.RunAsync(
            new JournalVictim.Load { Sync = JournalSync.Interval, Holds = [Early] },
            heard: (process, line) =>
            {
                refused += line.StartsWith('-') ? 1 : 0;
                if (++told == Early)
                {
                    InMountsOf(process, "mount --bind flight flight && mount -o remount,bind,ro flight");
                }
                else if (refused == 5 && line.StartsWith('-'))
                {
                    InMountsOf(process, "mount -o remount,bind,rw flight");
                }

                takenAgain += refused >= 5 && !line.StartsWith('-') ? 1 : 0;
            },
            script: "mkdir flight && exec unshare -rm sh -c 'mount -t tmpfs none flight && \"$@\"; code=$?; mkdir -p kept; cp flight/*.jsonl flight/*.dirty kept/ 2>/dev/null; exit $code' sh \"$@\"");
        Isolation.IgnoreWhereRefused(_victim.Error);

        Assert.That(code, Is.Zero, _victim.Error);
        Assert.That(refused, Is.InRange(5, 900));
        Assert.That(takenAgain, Is.GreaterThan(100));
        Directory.Delete(_victim.Journal, recursive: true);
        Directory.Move(Path.Combine(_process.Directory, "kept"), _victim.Journal);
        Assert.That(_victim.Fault(out _), Is.Null);
        Assert.That(Warnings("cannot be written (EROFS"), Is.EqualTo(1), _victim.Error);
    }

    // The N-th call itself, of the kernel: .NET writes with pwrite64 and syncs with fsync.
    [TestCase("pwrite64:error=ENOSPC:when=5", JournalSync.Interval, 0, "ENOSPC")]
    [TestCase("pwrite64:error=EIO:when=7+9", JournalSync.Always, 0, "EIO")]
    [TestCase("pwrite64:error=EROFS:when=6", JournalSync.Interval, 0, "EROFS")]
    [TestCase("fsync:error=EIO:when=4", JournalSync.Always, 0, "EIO")]
    [TestCase("fsync:error=EIO:when=3+4", JournalSync.Interval, 0, "EIO")]
    [TestCase("fallocate:error=ENOSPC:when=1+", JournalSync.Buffered, 0, null)]
    [TestCase("pwrite64:signal=SIGKILL:when=6", JournalSync.Interval, JournalVictim.Killed, null)]
    [TestCase("fsync:signal=SIGKILL:when=5", JournalSync.Always, JournalVictim.Killed, null)]
    public async Task A_call_of_the_kernel_that_fails_costs_its_batch_at_most(string inject, JournalSync sync, int expected, string? warned)
    {
        string call = inject[..inject.IndexOf(':')];
        int code = await _victim.RunAsync(
            new JournalVictim.Load { Sync = sync, Count = 60 },
            script: $"command -v strace >/dev/null || exit 111; exec strace -f -qq -o strace.txt -e trace={call} -e inject={inject} \"$@\"");
        if (code == 111 || _victim.Error.Contains("PTRACE", StringComparison.OrdinalIgnoreCase))
        {
            // Tracing another process is the machine's to allow; the same failures are made underneath through the file interface everywhere.
            Assert.Ignore("This machine has no strace, or does not let it trace.");
        }

        Assert.That(code, Is.EqualTo(expected), _victim.Error);
        int injected = expected == 0 ? File.ReadLines(Path.Combine(_process.Directory, "strace.txt")).Count(line => line.Contains("(INJECTED)")) : 1;
        Assert.That(_victim.Fault(out _), Is.Null);
        Assert.That(injected, Is.GreaterThan(0));
        await TestContext.Out.WriteLineAsync($"{injected} faults injected; {_victim.Acknowledged} lines acknowledged");
        Assert.That(Warnings($"put aside after a failure ({warned}"), warned is null ? Is.Zero : Is.GreaterThan(0), "the failure was told: " + _victim.Error);
        Assert.That(_victim.Acknowledged, expected == 0 ? Is.GreaterThanOrEqualTo(40) : Is.GreaterThan(0));
    }

    private int Warnings(string words) => _victim.Error.Split('\n').Count(line => line.Contains(words, StringComparison.Ordinal));

    private static void KillAt(Process process, int told, int when)
    {
        if (told == when)
        {
            process.Kill();
        }
    }

    private static void InMountsOf(Process process, string script)
        => Shell.Run("exec nsenter -t $0 -U -m --preserve-credentials -w sh -c \"$1\"", process.Id.ToString(), script);

    private static int Descriptors(Process process) => Directory.GetFiles($"/proc/{process.Id}/fd").Length;
}
