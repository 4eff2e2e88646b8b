namespace FlightRecorder.PostgreSql;

/// <summary>When to try again: 100 ms after the first failure, doubled each time up to 30 s, each shortened at random by up to a half. Pure: clock and chance are handed in.</summary>
internal sealed class RetrySchedule(TimeProvider time, Func<double> chance)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Many instances lose the server at the same moment; they must not come back at the same moment.
    private const double Jitter = 0.5;

    private long _failedAt;
    private TimeSpan _wait;

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>How long to wait from now on; zero when it may be tried.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = Failures == 0 ? TimeSpan.Zero : _wait - time.GetElapsedTime(_failedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Failed()
    {
        TimeSpan whole = Failures >= 10 ? Longest : TimeSpan.FromTicks(Math.Min(First.Ticks << Failures, Longest.Ticks));
        _wait = whole * (1 - (Jitter * Math.Clamp(chance(), 0, 1)));
        _failedAt = time.GetTimestamp();
        Failures++;
    }

    public void Succeeded() => Failures = 0;
}
