using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using FlightRecorder.Tests.Core.Journal;

namespace FlightRecorder.Tests.Core.Crash;

[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class AppendFileTests
{
    private string _directory = null!;
    private string _path = null!;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = Directory.CreateTempSubdirectory("crash").FullName;
        _path = Path.Combine(_directory, "errors.jsonl");
    }

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("000")]
    [TestCase("077")]
    [NonParallelizable]
    public void File_and_parent_are_the_owners_only_whatever_the_umask(string octal)
    {
        _path = Path.Combine(_directory, "made", "errors.jsonl");
        using (new Umask(octal))
        {
            Assert.That(Append(new AppendFile(_path, 0), "a"), Is.Zero);
        }

        Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(_path)!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void An_existing_file_keeps_its_mode_and_its_lines()
    {
        File.WriteAllText(_path, "before\n");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Append(new AppendFile(_path, 0), "a");

        Assert.That(File.ReadAllText(_path), Is.EqualTo("before\na\n"));
        Assert.That(File.GetUnixFileMode(_path).HasFlag(UnixFileMode.GroupRead));
    }

    [Test]
    public void Half_a_line_of_before_is_ended_so_that_the_next_one_stands_by_itself()
    {
        File.WriteAllText(_path, "whole\nhal");
        var file = new AppendFile(_path, 0);
        Assert.That(file.Probe(), Is.Zero);

        Append(file, "a");

        Assert.That(File.ReadAllText(_path), Is.EqualTo("whole\nhal\na\n"));
    }

    [Test]
    public void A_line_that_another_is_still_writing_is_no_half_line()
    {
        File.WriteAllText(_path, "whole\nhal");

        Assert.That(TornTail.IsIn(_path, () => File.AppendAllText(_path, "f\n")), Is.False);
        File.WriteAllText(_path, "whole\nhal");
        Assert.That(TornTail.IsIn(_path, () => { }), Is.True);
    }

    [Test]
    public void A_planted_link_is_refused_and_its_target_untouched()
    {
        string target = Path.Combine(_directory, "target");
        File.WriteAllText(target, "mine");
        File.CreateSymbolicLink(_path, target);

        Assert.That(Errno.Name(Append(new AppendFile(_path, 0), "a")), Is.EqualTo("ELOOP"));
        Assert.That(File.ReadAllText(target), Is.EqualTo("mine"));
    }

    [TestCase("ln $0/target $0/errors.jsonl", "EMLINK")]
    [TestCase("mkfifo $0/errors.jsonl", "ENXIO")]
    [TestCase("mkdir $0/errors.jsonl", "EISDIR")]
    [CancelAfter(10_000)]
    public void What_is_no_file_of_its_own_is_refused_without_waiting(string planted, string errno, CancellationToken cancellationToken)
    {
        File.WriteAllText(Path.Combine(_directory, "target"), "mine");
        Shell.Run(planted, _directory);

        Assert.That(Errno.Name(Append(new AppendFile(_path, 0), "a")), Is.EqualTo(errno));
        Assert.That(File.ReadAllText(Path.Combine(_directory, "target")), Is.EqualTo("mine"));
    }

    [Test]
    public void A_line_that_would_cross_the_limit_begins_a_new_file_and_the_older_one_is_dropped()
    {
        var file = new AppendFile(_path, 10);
        foreach (string line in (string[])["aaaa", "bbbb", "cccc", "dddd", "eeee"])
        {
            Assert.That(Append(file, line), Is.Zero);
        }

        Assert.That(File.ReadAllText(_path + ".1"), Is.EqualTo("cccc\ndddd\n"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo("eeee\n"));
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_line_longer_than_the_limit_is_written_whole_into_a_fresh_file()
    {
        var file = new AppendFile(_path, 10);
        Append(file, "a");
        Append(file, new string('b', 50));
        Append(file, "c");

        Assert.That(File.ReadAllText(_path + ".1"), Is.EqualTo(new string('b', 50) + "\n"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo("c\n"));
    }

    [Test]
    public void Zero_turns_rotation_off()
    {
        var file = new AppendFile(_path, 0);
        for (int i = 0; i < 100; i++)
        {
            Append(file, new string('a', 1000));
        }

        Assert.That(new FileInfo(_path).Length, Is.EqualTo(100_100));
    }

    [Test]
    public void Where_the_file_cannot_be_moved_it_grows_to_twice_the_limit_and_no_further()
    {
        Directory.CreateDirectory(_path + ".1");
        var file = new AppendFile(_path, 10);

        int[] results = [.. Enumerable.Range(0, 5).Select(_ => Append(file, "aaaa"))];

        Assert.That(results.Select(Errno.Name), Is.EqualTo(new[] { null, null, null, null, "EISDIR" }));
        Assert.That(file.RotationFailure, Is.Not.Zero);
        Assert.That(new FileInfo(_path).Length, Is.EqualTo(20));
    }

    [Test]
    public void A_file_that_others_moved_away_is_made_anew()
    {
        var file = new AppendFile(_path, 0, TimeSpan.Zero);
        Append(file, "a");
        File.Move(_path, _path + "-20260102");
        Append(file, "b");

        Assert.That(File.ReadAllText(_path), Is.EqualTo("b\n"));
    }

    [Test]
    public void One_that_writes_into_a_file_just_moved_away_loses_nothing()
    {
        var file = new AppendFile(_path, 0, TimeSpan.FromDays(1));
        Append(file, "a");
        File.Move(_path, _path + "-20260102");
        Append(file, "b");

        Assert.That(File.ReadAllText(_path + "-20260102"), Is.EqualTo("a\nb\n"));
    }

    [Test]
    public void A_directory_that_was_deleted_is_made_again()
    {
        // It trusts in vain: the line is found to be in a file without a name, and written again.
        var file = new AppendFile(Path.Combine(_directory, "sub", "errors.jsonl"), 0, TimeSpan.FromDays(1));
        Append(file, "a");
        Directory.Delete(Path.Combine(_directory, "sub"), recursive: true);

        Assert.That(Append(file, "b"), Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(_directory, "sub", "errors.jsonl")), Is.EqualTo("b\n"));
    }

    [Test]
    public void Two_that_share_a_file_rotate_it_once()
    {
        var first = new AppendFile(_path, 10);
        var second = new AppendFile(_path, 10);
        Append(first, "aaaa");
        Append(second, "bbbb");
        Append(first, "cccc");
        Append(second, "dddd");

        Assert.That(File.ReadAllText(_path + ".1"), Is.EqualTo("aaaa\nbbbb\n"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo("cccc\ndddd\n"));
    }

    // As when another process is stopped while it moves the file.
    [Test]
    public void A_lock_that_is_held_for_long_costs_one_wait_and_a_line_only_where_there_is_no_room()
    {
        const int Lines = 100;
        var file = new AppendFile(_path, 10 * Lines);
        string line = new('a', 9);
        int other = LibC.Open(Encoding.UTF8.GetBytes(_directory + '\0'), LibC.CloseOnExec, 0);
        Assert.That(LibC.Lock(other, LibC.LockExclusive), Is.Zero);

        long started = Stopwatch.GetTimestamp();
        int[] results = [.. Enumerable.Range(0, 2 * Lines).Select(_ => Append(file, line))];
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        int refused = Append(file, line);
        _ = LibC.Close(other);

        // 5 s, were it a wait for each line beyond the limit.
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(3)));
        Assert.That(results, Is.All.Zero);
        Assert.That(Errno.Name(refused), Is.EqualTo("EAGAIN"));
        Assert.That(file.RotationFailure, Is.Zero, "that another is at it is no failure");
        Assert.That(Append(file, line), Is.Zero);
        Assert.That(File.ReadAllText(_path), Is.EqualTo(line + "\n"));
        Assert.That(new FileInfo(_path + ".1").Length, Is.EqualTo(20 * Lines));
    }

    [Test]
    public void Who_reads_the_file_does_not_keep_it_from_being_moved()
    {
        var file = new AppendFile(_path, 10);
        Append(file, "aaaa");
        using var reader = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Append(file, "bbbb");
        Append(file, "cccc");

        Assert.That(file.RotationFailure, Is.Zero);
        Assert.That(File.ReadAllText(_path), Is.EqualTo("cccc\n"));
    }

    [Test]
    public void One_that_nobody_holds_any_more_holds_no_file_open()
    {
        for (int i = 0; i < 50; i++)
        {
            OpenAndForget();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.That(Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget == _path), Is.LessThan(5));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void OpenAndForget() => Append(new AppendFile(_path, 0), "a");

    private static int Append(AppendFile file, string line) => file.Append(Encoding.UTF8.GetBytes(line + "\n"));
}
