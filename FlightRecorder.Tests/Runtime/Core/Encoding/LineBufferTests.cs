using System.Text;
using System.Text.Json;

namespace FlightRecorder.Tests.Core.JournalLines;

public class LineBufferTests
{
    [Test]
    public void Any_text_comes_back_with_lone_surrogates_replaced()
    {
        var random = new Random(5);
        var line = new LineBuffer(16);
        for (int i = 0; i < 2000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(1200)).Select(_ => (char)(random.Next(4) == 0 ? random.Next(0x10000) : random.Next(0x80)))]);
            line.Clear();
            line.Text(text);
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.That(JsonSerializer.Deserialize<string>(line.Written), Is.EqualTo(expected));
        }
    }

    [TestCase(0L, "0")]
    [TestCase(long.MinValue, "-9223372036854775808")]
    public void Numbers_are_invariant(long value, string expected)
        => Assert.That(Written(line => line.Number(value)), Is.EqualTo(expected));

    [Test]
    public void Times_are_UTC_with_microseconds()
        => Assert.That(
            Written(line => line.Time(new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1)).AddTicks(1234567))),
            Is.EqualTo("\"2026-01-02T03:04:05.123456Z\""));

    [Test]
    public void A_short_run_near_the_end_of_its_text_is_copied_exactly([Range(0, 40)] int length)
    {
        byte[] text = [.. Enumerable.Range(0, 40).Select(value => (byte)('0' + value))];
        Assert.That(Written(line => line.Raw(text, 40 - length, 40)), Is.EqualTo(Encoding.ASCII.GetString(text[(40 - length)..])));
        Assert.That(Written(line => line.Raw(text, 0, length)), Is.EqualTo(Encoding.ASCII.GetString(text[..length])));
    }

    [Test]
    public void Line_memory_comes_back_for_the_next_line()
    {
        var pool = new LinePool();
        byte[] first = pool.Rent(3000);
        pool.Return(first.AsMemory(0, 3000));
        Assert.That(pool.Rent(2500), Is.SameAs(first));
        Assert.That(pool.Rent(2500), Is.Not.SameAs(first));
    }

    [Test]
    public void Releasing_a_line_twice_gives_its_memory_back_once()
    {
        var pool = new LinePool();
        var recording = new EncodedRecording { Id = Guid.Empty, Sequence = 1, Line = pool.Rent(100).AsMemory(0, 100), Pool = pool };
        recording.Release();
        recording.Release();
        Assert.That(pool.Rent(100), Is.Not.SameAs(pool.Rent(100)));
    }

    private static string Written(Action<LineBuffer> write)
    {
        var line = new LineBuffer(4);
        write(line);
        return Encoding.UTF8.GetString(line.Written);
    }
}
