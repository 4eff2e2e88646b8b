using System.Diagnostics;
using System.Text;
using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>The power goes; what was acknowledged as synced is there when it comes back.</summary>
public sealed class PowerCutTests
{
    private const int Seeds = 700;

    // Of all the cases together.
    private const int Cuts = 2000;
    private const int Cases = 3;
    private const int MaxOperations = 70;

    private static readonly string[] s_paddings = [.. Enumerable.Range(0, 8).Select(i => Lines.Padding(i * i * 40))];

    [TestCase(JournalSync.Buffered)]
    [TestCase(JournalSync.Interval)]
    [TestCase(JournalSync.Always)]
    public async Task Whenever_the_power_is_cut_each_synced_line_is_there_none_is_invented_and_the_next_start_is_quick(JournalSync sync)
    {
        int cuts = 0, faults = 0;
        long synced = 0, found = 0;
        TimeSpan slowest = default;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var life = new Life(seed, sync);
            await life.RunAsync();
            Aftermath after = await life.AfterAsync();
            string fault = $"{sync}, seed {seed}";
            Assert.That(life.Synced.Except(after.Found), Is.Empty, fault);
            Assert.That(after.Found, Is.SubsetOf(life.Submitted).And.Unique, fault);
            Assert.That(after.Started, Is.LessThan(TimeSpan.FromSeconds(2)), fault);
            (cuts, faults, synced, found) = (cuts + (life.IsCut ? 1 : 0), faults + life.Faults, synced + life.Synced.Count, found + after.Found.Count);
            slowest = after.Started > slowest ? after.Started : slowest;
        }

        TestContext.Out.WriteLine($"{cuts + faults} faults injected: {cuts} power cuts and {faults} failing operations; {synced} synced lines, {found} found; slowest start {slowest.TotalMilliseconds:F0} ms");
        Assert.That(cuts * Cases, Is.GreaterThanOrEqualTo(Cuts));

        // The line of the next start is one of them.
        Assert.That(synced, sync == JournalSync.Buffered ? Is.EqualTo(Seeds) : Is.GreaterThan(3 * Seeds));
    }

    /// <summary>What the next start finds.</summary>
    private sealed record Aftermath(IReadOnlyList<string> Found, TimeSpan Started);

    /// <summary>One life of a process over a disk that loses its power.</summary>
    private sealed class Life
    {
        private readonly Random _random;
        private readonly ManualTime _time = new();
        private readonly VolatileDisk _disk;
        private readonly JournalOptions _options;
        private readonly List<string> _unsynced = [];
        private int _next = 1;

        public Life(int seed, JournalSync sync)
        {
            _random = new Random(seed);
            _options = new JournalOptions
            {
                Directory = "/flight",
                Sync = sync,
                MaxSegmentBytes = 6 * 1024,
                MaxTotalBytes = seed % 4 == 0 ? 16 * 1024 : 1024 * 1024,
                BootCheck = false,
            };
            _disk = new VolatileDisk(_random, _time, 1 + _random.Next(MaxOperations), faults: seed % 3 == 0 ? 0.06 : 0);
        }

        public HashSet<string> Submitted { get; } = [];

        public HashSet<string> Synced { get; } = [];

        public int Faults => _disk.Faults;

        /// <summary>Whether the power went before the process ended.</summary>
        public bool IsCut { get; private set; }

        public async Task RunAsync()
        {
            var store = new JournalStore(_options, "/", NullLogger.Instance, null, _disk, _time);
            try
            {
                await store.InitializeAsync(default);
                for (int i = 0; i < MaxOperations; i++)
                {
                    await WriteAsync(store);
                    Sync(store);
                }

                int failed = _disk.FailedSyncs;
                await store.DisposeAsync();
                Acknowledge(failed, _options.Sync != JournalSync.Buffered);
            }
            catch (PowerCutException)
            {
                IsCut = true;
            }
        }

        public async Task<Aftermath> AfterAsync()
        {
            using var directory = new JournalDirectory();
            _disk.PowerOn(Path.GetDirectoryName(directory.File("any"))!);
            Synced.ExceptWith(_disk.Deleted.SelectMany(file => Encoding.UTF8.GetString(file).Split('\n')));
            string last = LineBuilder.Request(_next);
            Submitted.Add(last);
            Synced.Add(last);
            var options = new JournalOptions { Directory = directory.Path, Sync = JournalSync.Buffered };
            long started = Stopwatch.GetTimestamp();
            await using (var store = new JournalStore(options, "/", NullLogger.Instance))
            {
                await store.InitializeAsync(default);
                await store.WriteAsync(LineBuilder.Bytes(last).AsMemory(), default);
            }

            TimeSpan took = Stopwatch.GetElapsedTime(started);
            return new Aftermath([.. new JournalReader(directory.Path).ReadLines(new JournalScan()).Select(line => Encoding.UTF8.GetString(line.Bytes.Span))], took);
        }

        private async Task WriteAsync(JournalStore store)
        {
            string[] lines = [.. Enumerable.Range(_next, 1 + _random.Next(4)).Select(i => LineBuilder.Request(i, extra: s_paddings[_random.Next(s_paddings.Length)]))];
            _next += lines.Length;
            Submitted.UnionWith(lines);
            int failed = _disk.FailedSyncs;
            try
            {
                await store.WriteAsync(LineBuilder.Bytes(lines).AsMemory(), default);
                Acknowledge(failed, isSynced: false);
                _unsynced.AddRange(lines);
                Acknowledge(_disk.FailedSyncs, _options.Sync == JournalSync.Always);
            }
            catch (StoreUnavailableException)
            {
                Acknowledge(failed, isSynced: false);
                _time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        private void Sync(JournalStore store)
        {
            if (_options.Sync == JournalSync.Interval && _random.Next(3) == 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                int failed = _disk.FailedSyncs;
                store.RunDue();
                Acknowledge(failed, isSynced: true);
            }
        }

        // Where a sync failed nothing that waited for it was ever said to be safe.
        private void Acknowledge(int failedBefore, bool isSynced)
        {
            if (_disk.FailedSyncs > failedBefore)
            {
                _unsynced.Clear();
            }

            if (isSynced)
            {
                Synced.UnionWith(_unsynced);
                _unsynced.Clear();
            }
        }
    }
}
