using Microsoft.Extensions.Logging;

namespace FlightRecorder.AspNetCore;

/// <summary>How many requests a minute may switch their recording on by a header: whoever can send the header is not to fill the journal.</summary>
internal sealed class HeaderBudget(int perMinute, RecorderCounters counters, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private long _minute = -1;
    private int _taken;
    private bool _hasWarned;

    /// <summary>Takes one of this minute's; false when none is left.</summary>
    public bool TryTake()
    {
        long minute = time.GetTimestamp() / (60 * time.TimestampFrequency);
        lock (_gate)
        {
            if (_minute != minute)
            {
                _minute = minute;
                _taken = 0;
            }

            if (_taken < perMinute)
            {
                _taken++;
                return true;
            }
        }

        Refuse();
        return false;
    }

    private void Refuse()
    {
        counters.CountOverHeaderBudget();
        if (!_hasWarned)
        {
            _hasWarned = true;
            WebLog.HeaderBudgetSpent(logger, perMinute);
        }
    }
}
