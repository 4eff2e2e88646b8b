using System.Diagnostics;

namespace FlightRecorder;

/// <summary>The time that stopping may take, all its waits together. Used by one after the other.</summary>
internal sealed class StopClock(TimeSpan limit)
{
    /// <summary>What is left of it.</summary>
    public TimeSpan Left { get; private set; } = limit;

    /// <exception cref="TimeoutException">The work did not end in time.</exception>
    public async Task WaitAsync(Task work)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await work.WaitAsync(Left).ConfigureAwait(false);
        }
        finally
        {
            TimeSpan left = Left - Stopwatch.GetElapsedTime(started);
            Left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
