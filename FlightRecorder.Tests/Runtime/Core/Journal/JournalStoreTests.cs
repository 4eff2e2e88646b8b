using System.Diagnostics;
using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class JournalStoreTests
{
    private static readonly RunInfo s_run = new() { StartedAt = LineBuilder.Start };

    [Test]
    public async Task A_batch_is_one_stretch_of_whole_lines_in_a_segment_named_by_start_run_and_ordinal()
    {
        using var rig = new JournalRig();
        JournalStore store = await rig.StartAsync(run: s_run);

        await store.WriteAsync([Lines.Request(1), Lines.Request(2)], default);

        Assert.That(rig.Directory.Files.Select(Path.GetFileName), Is.EqualTo(new[] { $"20261120T080000-{s_run.Id}-0001.jsonl" }));
        Assert.That(File.ReadAllBytes(rig.Directory.Files[0]), Is.EqualTo(LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2))));
    }

    [Test]
    public async Task A_run_without_a_recording_leaves_no_file()
    {
        using var rig = new JournalRig();
        JournalStore store = await rig.StartAsync();

        await store.DisposeAsync();

        Assert.That(rig.Directory.Files, Is.Empty);
    }

    [Test]
    public async Task A_full_segment_is_followed_by_the_next_and_none_is_larger_than_its_limit()
    {
        using var rig = new JournalRig(options => options.MaxSegmentBytes = 64 * 1024);
        JournalStore store = await rig.StartAsync();

        for (int i = 0; i < 20; i++)
        {
            await store.WriteAsync([Lines.Request(i, Lines.Padding(10_000))], default);
        }

        Assert.That(rig.Directory.Segments, Has.Length.EqualTo(4));
        Assert.That(rig.Directory.Segments.Select(file => new FileInfo(file).Length), Is.All.LessThanOrEqualTo(64 * 1024));
        Assert.That(await rig.SequencesAsync(), Is.EqualTo(Enumerable.Range(0, 20).Reverse().Select(i => (long)i)));
    }

    [Test]
    public async Task The_oldest_closed_segments_go_when_all_together_are_too_large_and_the_open_one_never()
    {
        using var rig = new JournalRig(options =>
        {
            options.MaxSegmentBytes = 64 * 1024;
            options.MaxTotalBytes = 192 * 1024;
        });
        rig.Directory.Write("20250101T000000-00000000000000aa-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(900, extra: Lines.Padding(60_000))));
        File.SetLastWriteTimeUtc(rig.Directory.Files[0], LineBuilder.Start.UtcDateTime.AddHours(-1));
        JournalStore store = await rig.StartAsync();

        long largest = 0;
        for (int i = 0; i < 60; i++)
        {
            await store.WriteAsync([Lines.Request(i, Lines.Padding(10_000))], default);
            largest = Math.Max(largest, rig.Directory.Files.Sum(file => new FileInfo(file).Length));
        }

        long[] left = await rig.SequencesAsync();
        Assert.That(largest, Is.LessThanOrEqualTo(192 * 1024));
        Assert.That(left, Does.Not.Contain(900));
        Assert.That(left[0], Is.EqualTo(59));
        Assert.That(left, Is.EqualTo(Enumerable.Range(0, 60).Reverse().Take(left.Length).Select(i => (long)i)));
    }

    [Test]
    public async Task The_open_segment_of_another_run_is_not_deleted()
    {
        using var rig = new JournalRig(options =>
        {
            options.MaxSegmentBytes = 64 * 1024;
            options.MaxTotalBytes = 64 * 1024;
        });
        JournalStore other = await rig.StartAsync();
        await other.WriteAsync([Lines.Request(1)], default);
        rig.Time.Advance(TimeSpan.FromDays(4000));

        JournalStore store = await rig.StartAsync();
        bool whileOpen = (await rig.SequencesAsync()).Contains(1);
        await other.DisposeAsync();
        await store.DisposeAsync();
        await rig.StartAsync();

        Assert.That(whileOpen, "it is being written");
        Assert.That(await rig.SequencesAsync(), Is.Empty, "closed and too old");
    }

    // In a container the process id is always 1, and the clock may start anew as well.
    [Test]
    public async Task Runs_of_one_moment_and_process_have_names_of_their_own()
    {
        using var rig = new JournalRig();
        for (int i = 0; i < 20; i++)
        {
            await using JournalStore store = await rig.StartAsync(run: new RunInfo { StartedAt = LineBuilder.Start });
            await store.WriteAsync([Lines.Request(i)], default);
        }

        string?[] names = [.. rig.Directory.Files.Select(Path.GetFileName)];
        Assert.That(names, Has.Length.EqualTo(20).And.All.StartsWith("20261120T080000-").And.All.EndsWith("-0001.jsonl"));
        Assert.That(rig.Log.All, Is.Empty);
    }

    [Test]
    public async Task Eight_runs_write_into_one_directory_and_none_tears_or_deletes_what_another_writes()
    {
        using var rig = new JournalRig(options =>
        {
            options.MaxSegmentBytes = 64 * 1024;
            options.MaxTotalBytes = 1024L * 1024 * 1024;
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(run => Task.Run(async () =>
        {
            await using JournalStore store = await rig.StartAsync();
            for (int i = 0; i < 100; i++)
            {
                long sequence = (run * 100) + i;
                await store.WriteAsync([Lines.Request(sequence, Lines.Padding((int)(sequence % 7) * 1000))], default);
            }
        })));

        var scan = new JournalScan();
        Assert.That(await rig.SequencesAsync(scan), Is.EqualTo(Enumerable.Range(0, 800).Reverse().Select(i => (long)i)));
        Assert.That(scan.Skipped, Is.Zero);
    }

    [Test]
    public async Task Files_that_are_not_ours_are_never_deleted()
    {
        using var rig = new JournalRig();
        string notes = rig.Directory.Write("notes.jsonl", "{}\n"u8.ToArray());
        rig.Time.Advance(TimeSpan.FromDays(4000));

        await rig.StartAsync();

        Assert.That(File.Exists(notes));
    }

    [TestCase("000")]
    [TestCase("077")]
    [Platform("Linux")]
    public void Files_are_0600_and_the_directory_0700_whatever_the_umask(string umask)
    {
        using var directory = new JournalDirectory();
        using var guard = new Umask(umask);
        JournalFiles.Instance.CreateDirectory(directory.Path);
        string path = Path.Combine(directory.Path, "segment.jsonl");

        using IJournalFile? file = JournalFiles.Instance.TryCreate(path);

        Assert.That(ModeOf(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(ModeOf(directory.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [TestCase("symlink")]
    [TestCase("dangling")]
    [TestCase("hardlink")]
    [TestCase("fifo")]
    [TestCase("directory")]
    [Platform("Linux")]
    [CancelAfter(20_000)]
    public async Task What_is_planted_at_the_name_is_left_untouched_and_the_next_name_is_taken(string kind, CancellationToken cancellationToken)
    {
        using var rig = new JournalRig();
        string name = rig.Directory.File($"{s_run}-0001.jsonl");
        string target = rig.Directory.Write("target.txt", "precious"u8.ToArray());
        Plant(kind, name, target);

        await using JournalStore store = await rig.StartAsync(run: s_run).WaitAsync(cancellationToken);
        await store.WriteAsync([Lines.Request(1)], cancellationToken);

        Assert.That(File.ReadAllText(target), Is.EqualTo("precious"));
        Assert.That(await rig.SequencesAsync(), Is.EqualTo(new long[] { 1 }));
        Assert.That(File.Exists(rig.Directory.File($"{s_run}-0002.jsonl")));
        Assert.That(rig.Log.All, Has.One.Contains("-0001.jsonl exists already"));
        Assert.That(File.Exists(Path.Combine(rig.Directory.Path, "nowhere")), Is.False);
    }

    [Test]
    public void A_directory_that_cannot_be_written_stops_the_start_with_key_value_reason_and_way_out()
    {
        using var rig = new JournalRig();
        File.WriteAllText(rig.Directory.Path, "a file where the directory should be");

        FlightRecorderConfigurationException error = Assert.ThrowsAsync<FlightRecorderConfigurationException>(() => rig.StartAsync())!;

        Assert.That(error.Message, Does.Contain("FlightRecorder:Journal:Directory"));
        Assert.That(error.Message, Does.Contain(rig.Directory.Path));
        Assert.That(error.Message, Does.Match(@"\(E[A-Z]+: "));
        Assert.That(error.Message, Does.Contain("FlightRecorder:Journal:BootCheck to false"));
        File.Delete(rig.Directory.Path);
    }

    [Test]
    public async Task Without_the_boot_check_it_warns_once_goes_on_and_works_as_soon_as_it_can()
    {
        using var rig = new JournalRig(options => options.BootCheck = false);
        File.WriteAllText(rig.Directory.Path, "a file where the directory should be");
        JournalStore store = await rig.StartAsync();

        for (int i = 0; i < 5; i++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.WriteAsync([Lines.Request(1)], default));
        }

        File.Delete(rig.Directory.Path);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await store.WriteAsync([Lines.Request(2)], default);

        Assert.That(rig.Log.All.Count(line => line.Contains("cannot be written")), Is.EqualTo(1));
        Assert.That(await rig.SequencesAsync(), Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public async Task With_an_interval_the_sync_falls_due_once_after_what_was_written()
    {
        using var rig = new JournalRig(options => options.Sync = JournalSync.Interval);
        var files = new FaultyFiles(failAt: int.MaxValue);
        JournalStore store = await rig.StartAsync(files);

        Assert.That(store.RunDue(), Is.EqualTo(Timeout.InfiniteTimeSpan), "nothing is written");
        await store.WriteAsync([Lines.Request(1)], default);
        rig.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That(store.RunDue(), Is.EqualTo(TimeSpan.FromMilliseconds(300)));
        rig.Time.Advance(TimeSpan.FromMilliseconds(300));
        int before = files.Operations;
        Assert.That(store.RunDue(), Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(store.RunDue(), Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(files.Operations - before, Is.EqualTo(1), "one sync");
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void Plant(string kind, string name, string target)
    {
        switch (kind)
        {
            case "symlink":
                File.CreateSymbolicLink(name, target);
                break;
            case "dangling":
                File.CreateSymbolicLink(name, Path.Combine(Path.GetDirectoryName(name)!, "nowhere"));
                break;
            case "hardlink":
                Shell("ln", target, name);
                break;
            case "fifo":
                Shell("mkfifo", name);
                break;
            default:
                Directory.CreateDirectory(name);
                break;
        }
    }

    private static void Shell(string command, params string[] arguments)
    {
        using Process process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }
}
