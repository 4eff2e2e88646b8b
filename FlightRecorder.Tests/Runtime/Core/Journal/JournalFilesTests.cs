using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder.Tests.Core.Journal;

[Platform("Linux")]
public class JournalFilesTests
{
    private const int Reserve = 4 * 1024 * 1024;

    [Test]
    public void Space_is_set_aside_while_a_segment_is_open_and_given_back_when_it_is_closed()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n") + ".jsonl");
        try
        {
            using (IJournalFile file = JournalFiles.Instance.TryCreate(path)!)
            {
                file.Write("a line\n"u8, 0);
                Assert.That(new FileInfo(path).Length, Is.EqualTo(7), "its size is that of its lines");
                Assume.That(AllocatedBytes(path), Is.GreaterThan(1024 * 1024), "the file system can set space aside");
                file.Sync();
            }

            Assert.That(File.ReadAllText(path), Is.EqualTo("a line\n"));
            Assert.That(AllocatedBytes(path), Is.LessThanOrEqualTo(64 * 1024));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_a_killed_run_had_set_aside_is_given_back_at_the_next_start_and_its_age_stays(bool fails)
    {
        using var rig = new JournalRig(options => options.MaxAge = TimeSpan.FromDays(3650));
        string dead = rig.Directory.Write("20261120T080000-00000000000000aa-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(1)));
        using (SafeFileHandle file = File.OpenHandle(dead, FileMode.Open, FileAccess.ReadWrite))
        {
            Assume.That(DiskSpace.TryReserve(file, RandomAccess.GetLength(file), Reserve), "the file system can set space aside");
        }

        DateTime written = LineBuilder.Start.UtcDateTime.AddDays(-1);
        File.SetLastWriteTimeUtc(dead, written);
        var files = new FaultyFiles(int.MaxValue) { Only = fails ? "giveback" : null };
        JournalStore store = await rig.StartAsync(files);
        await store.WriteAsync([Lines.Request(2)], default);

        Assert.That(AllocatedBytes(dead), fails ? Is.GreaterThanOrEqualTo(Reserve) : Is.LessThanOrEqualTo(64 * 1024));
        Assert.That(File.GetLastWriteTimeUtc(dead), Is.EqualTo(written));
        Assert.That(await rig.SequencesAsync(), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(rig.Log.All, Is.Empty);
    }

    [Test]
    public async Task What_a_run_that_is_alive_has_set_aside_is_left_alone()
    {
        using var rig = new JournalRig();
        JournalStore other = await rig.StartAsync();
        await other.WriteAsync([Lines.Request(1)], default);
        string open = rig.Directory.Segments.Single();
        Assume.That(AllocatedBytes(open), Is.GreaterThan(1024 * 1024), "the file system can set space aside");

        await rig.StartAsync();

        Assert.That(AllocatedBytes(open), Is.GreaterThan(1024 * 1024));
    }

    private static long AllocatedBytes(string path) => DiskUsage.Of(path);
}
