namespace FlightRecorder;

/// <summary>
/// Keeps a storm of errors from filling the journal with the same one. Of each kind the first is always kept, then up to
/// <see cref="MaxPerSecond"/> a second, and of the rest one in <see cref="OneIn"/>. Asked for failed requests only.
/// </summary>
internal sealed class ErrorKinds(TimeProvider time)
{
    public const int MaxPerSecond = 10;
    public const int OneIn = 100;

    /// <summary>So many kinds are told apart; those beyond share one, until some have not been seen for a minute.</summary>
    public const int MaxKinds = 1024;

    private static readonly ErrorKind s_other = new(null, "");

    private readonly Lock _gate = new();
    private readonly Dictionary<ErrorKind, Tally> _tallies = [];
    private long _prunedAt;

    private sealed class Tally
    {
        public long Second { get; set; }

        public int InSecond { get; set; }

        public int Over { get; set; }

        public long Skipped { get; set; }
    }

    /// <summary>Counts one more error of a kind.</summary>
    public ErrorVerdict Judge(ErrorKind kind)
    {
        long second = time.GetTimestamp() / time.TimestampFrequency;
        lock (_gate)
        {
            bool isFirst = !_tallies.TryGetValue(kind, out Tally? tally);
            tally ??= Add(kind, second);
            if (tally.Second != second)
            {
                tally.Second = second;
                tally.InSecond = 0;
            }

            if (++tally.InSecond <= MaxPerSecond || ++tally.Over % OneIn == 0)
            {
                long skipped = tally.Skipped;
                tally.Skipped = 0;
                return new ErrorVerdict(true, isFirst, skipped);
            }

            tally.Skipped++;
            return new ErrorVerdict(false, false, 0);
        }
    }

    private Tally Add(ErrorKind kind, long second)
    {
        if (_tallies.Count >= MaxKinds)
        {
            Prune(second);
        }

        if (_tallies.Count >= MaxKinds)
        {
            kind = s_other;
        }

        if (!_tallies.TryGetValue(kind, out Tally? tally))
        {
            _tallies.Add(kind, tally = new Tally());
        }

        return tally;
    }

    // Once a second at most: it looks at all of them.
    private void Prune(long second)
    {
        const long Minute = 60;
        if (_prunedAt == second)
        {
            return;
        }

        _prunedAt = second;
        foreach ((ErrorKind kind, Tally tally) in _tallies)
        {
            if (second - tally.Second > Minute)
            {
                _tallies.Remove(kind);
            }
        }
    }
}

/// <summary>What becomes of one error.</summary>
/// <param name="IsKept">Whether it is kept.</param>
/// <param name="IsFirst">Whether it is the first of its kind.</param>
/// <param name="Skipped">How many of its kind were not kept since the last that was.</param>
internal readonly record struct ErrorVerdict(bool IsKept, bool IsFirst, long Skipped);
