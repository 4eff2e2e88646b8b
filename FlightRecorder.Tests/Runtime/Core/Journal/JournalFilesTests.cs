using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Journal;

[Platform("Linux")]
public class JournalFilesTests
{
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

    private static long AllocatedBytes(string path)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%b", path]) { RedirectStandardOutput = true })!;
        string blocks = stat.StandardOutput.ReadToEnd();
        stat.WaitForExit();
        return 512 * long.Parse(blocks, System.Globalization.CultureInfo.InvariantCulture);
    }
}
