using System.Diagnostics;

namespace FlightRecorder;

/// <summary>
/// What time recordings begin at. The system's clock is asked ten times a second; in between, what passed is taken from the counter
/// that each recording reads anyway.
/// </summary>
/// <param name="time">The clock. One that is not the system's is asked each time.</param>
internal sealed class StartClock(TimeProvider time)
{
    private static readonly long s_interval = Stopwatch.Frequency / 10;

    private readonly bool _isSystem = ReferenceEquals(time, TimeProvider.System);
    private Reading? _last;

    // Never changed, so that both halves belong together whoever reads them.
    private sealed record Reading(long Timestamp, DateTimeOffset Now);

    /// <summary>The time at a timestamp taken just now.</summary>
    public DateTimeOffset At(long timestamp)
    {
        if (Volatile.Read(ref _last) is { } last && (ulong)(timestamp - last.Timestamp) < (ulong)s_interval)
        {
            return last.Now + Stopwatch.GetElapsedTime(last.Timestamp, timestamp);
        }

        DateTimeOffset now = time.GetUtcNow();
        if (_isSystem)
        {
            Volatile.Write(ref _last, new Reading(timestamp, now));
        }

        return now;
    }
}
