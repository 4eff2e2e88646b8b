namespace FlightRecorder;

/// <summary>How long to wait before the journal is tried again. Pure.</summary>
internal static class RetryDelay
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Nothing after the first failure, since a new segment often mends it; then 100 ms, doubled each time, 30 s at most.</summary>
    public static TimeSpan After(int failures) => failures switch
    {
        <= 1 => TimeSpan.Zero,
        > 10 => Longest,
        _ => TimeSpan.FromTicks(Math.Min(First.Ticks << (failures - 2), Longest.Ticks)),
    };
}
