using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Engine;

public class StartClockTests
{
    [Test]
    public void Between_two_looks_at_the_clock_the_time_goes_on_as_the_counter_does()
    {
        var clock = new StartClock(TimeProvider.System);
        long first = Stopwatch.GetTimestamp();
        DateTimeOffset then = clock.At(first);
        DateTimeOffset later = clock.At(first + (Stopwatch.Frequency / 20));
        Assert.That(later - then, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
    }

    [TestCase(100)]
    [TestCase(3_600_000)]
    [TestCase(-1)]
    public void After_a_tenth_of_a_second_or_in_another_order_the_clock_is_asked_again(int milliseconds)
    {
        var clock = new StartClock(TimeProvider.System);
        long first = Stopwatch.GetTimestamp();
        clock.At(first);
        DateTimeOffset before = DateTimeOffset.UtcNow;
        DateTimeOffset now = clock.At(first + (milliseconds * Stopwatch.Frequency / 1000));
        Assert.That(now, Is.InRange(before, DateTimeOffset.UtcNow));
    }

    [Test]
    public void Another_clock_is_asked_each_time()
    {
        var time = new Counting();
        var clock = new StartClock(time);
        long now = Stopwatch.GetTimestamp();
        Assert.That(clock.At(now), Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1)));
        Assert.That(clock.At(now), Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(2)));
    }

    private sealed class Counting : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(++_asked);
    }
}
