namespace FlightRecorder;

/// <summary>
/// The times of one run while its lines are read last first. Lines are written as requests end; where an earlier line ended
/// later, the clock was put back in between (or was ahead for a while), and what lies before moves back with it: a run keeps
/// the order of its sequence, whatever the clock did. Pure.
/// </summary>
internal sealed class RunClock
{
    /// <summary>Concurrent ends may swap lines, and small corrections of the clock are not worth a word.</summary>
    public static readonly TimeSpan Disorder = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    private DateTimeOffset? _end;
    private TimeSpan _shift;

    /// <summary>When the recording began, in the order of the run; unknown times stay unknown.</summary>
    public DateTimeOffset Begin(RecordingSummary head)
    {
        if (head.StartedAt == default)
        {
            return default;
        }

        DateTimeOffset end = EndOf(head, head.StartedAt);
        _end ??= end;
        TimeSpan ahead = end - _end.Value;
        if (ahead <= Disorder)
        {
            _shift = TimeSpan.Zero;
        }
        else if (ahead - _shift > Disorder || _shift == TimeSpan.Zero)
        {
            _shift = ahead;
        }

        DateTimeOffset moved = Back(end, _shift);
        _end = moved < _end ? moved : _end;
        return Back(head.StartedAt, _shift);
    }

    /// <summary>When a recording that began then ended, as far as there is such a time.</summary>
    public static DateTimeOffset EndOf(RecordingSummary head, DateTimeOffset begin)
    {
        var duration = TimeSpan.FromMicroseconds(Math.Clamp(head.DurationUs, 0, s_longest.TotalMicroseconds));
        return DateTimeOffset.MaxValue - begin > duration ? begin + duration : DateTimeOffset.MaxValue;
    }

    private static DateTimeOffset Back(DateTimeOffset time, TimeSpan by) => time - DateTimeOffset.MinValue > by ? time - by : DateTimeOffset.MinValue;
}
