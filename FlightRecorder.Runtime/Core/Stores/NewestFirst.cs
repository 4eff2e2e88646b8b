namespace FlightRecorder;

/// <summary>Keeps the newest of the recordings that match a query, whatever order they come in.</summary>
/// <typeparam name="T">What is kept of each beside its summary.</typeparam>
internal sealed class NewestFirst<T>(RecordingQuery query)
{
    public const int MaxLimit = 10_000;

    private readonly int _limit = Math.Clamp(query.Limit, 1, MaxLimit);
    private readonly PriorityQueue<(RecordingSummary Summary, T Kept), (DateTimeOffset StartedAt, long Sequence)> _oldestFirst = new();

    /// <summary>Whether one that began then has a place; the time may differ from its own where the clock went astray.</summary>
    public bool IsNewEnough(RecordingSummary summary, DateTimeOffset began) => !IsFull || (began, summary.Sequence).CompareTo(Oldest) > 0;

    public void Keep(RecordingSummary summary, DateTimeOffset began, T kept)
    {
        _oldestFirst.Enqueue((summary, kept), (began, summary.Sequence));
        if (_oldestFirst.Count > _limit)
        {
            _oldestFirst.Dequeue();
        }
    }

    /// <summary>Whether nothing that was written before this one can be kept: all of it had ended before the oldest kept one began.</summary>
    public bool EndsAt(RecordingSummary summary, DateTimeOffset began)
    {
        DateTimeOffset ended = RunClock.EndOf(summary, began);
        return began != default && DateTimeOffset.MaxValue - ended > RunClock.Disorder
            && ((query.Since is { } since && ended + RunClock.Disorder < since) || (IsFull && ended + RunClock.Disorder < Oldest.StartedAt));
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
