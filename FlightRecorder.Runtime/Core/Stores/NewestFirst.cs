namespace FlightRecorder;

/// <summary>Keeps the newest recordings that match a query, whatever order they are offered in.</summary>
/// <typeparam name="T">What is kept of each beside its summary.</typeparam>
internal sealed class NewestFirst<T>(RecordingQuery query)
{
    public const int MaxLimit = 10_000;

    // Lines are written as requests end, roughly: concurrent ends, and a clock that is corrected, may swap some.
    private static readonly TimeSpan s_disorder = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    private readonly int _limit = Math.Clamp(query.Limit, 1, MaxLimit);
    private readonly PriorityQueue<(RecordingSummary Summary, T Kept), (DateTimeOffset StartedAt, long Sequence)> _oldestFirst = new();

    /// <summary>Keeps the recording if it matches and is new enough.</summary>
    public void Offer(RecordingSummary summary, Func<T> keep)
    {
        (DateTimeOffset, long) age = (summary.StartedAt, summary.Sequence);
        if (!RecordingFilter.Matches(summary, query) || (IsFull && age.CompareTo(Oldest) <= 0))
        {
            return;
        }

        _oldestFirst.Enqueue((summary, keep()), age);
        if (_oldestFirst.Count > _limit)
        {
            _oldestFirst.Dequeue();
        }
    }

    /// <summary>Whether nothing that was written before this one can be kept: all of it had ended before the oldest kept one began.</summary>
    public bool EndsAt(RecordingSummary summary)
    {
        if (summary.StartedAt == default || DateTimeOffset.MaxValue - summary.StartedAt < s_longest + s_disorder)
        {
            return false;
        }

        DateTimeOffset ended = summary.StartedAt + TimeSpan.FromMicroseconds(Math.Clamp(summary.DurationUs, 0, s_longest.TotalMicroseconds)) + s_disorder;
        return (query.Since is { } since && ended < since) || (IsFull && ended < Oldest.StartedAt);
    }

    public IReadOnlyList<(RecordingSummary Summary, T Kept)> ToList()
    {
        var list = new List<(RecordingSummary Summary, T Kept)>(_oldestFirst.Count);
        while (_oldestFirst.TryDequeue(out (RecordingSummary Summary, T Kept) oldest, out _))
        {
            list.Add(oldest);
        }

        list.Reverse();
        return list;
    }

    private bool IsFull => _oldestFirst.Count >= _limit;

    private (DateTimeOffset StartedAt, long Sequence) Oldest => _oldestFirst.TryPeek(out _, out (DateTimeOffset StartedAt, long Sequence) age) ? age : default;
}
