namespace FlightRecorder;

/// <summary>A store with work that falls due while nothing is written, such as a sync; the writer calls it, never another thread.</summary>
internal interface IPeriodicStore
{
    /// <summary>Does what is due and returns after what time to call again at the latest; <see cref="Timeout.InfiniteTimeSpan"/> for after the next batch.</summary>
    TimeSpan RunDue();
}
