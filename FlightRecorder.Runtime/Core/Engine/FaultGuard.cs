using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>
/// Where failures of the recorder itself end: counted, each site reported once, and after <see cref="MaxFaults"/> in a row
/// the breaker turns capture off for the rest of the run. It never throws.
/// </summary>
internal sealed class FaultGuard(ILogger logger, RecorderCounters counters)
{
    public const int MaxFaults = 100;

    private readonly HashSet<string> _reported = [];
    private int _inARow;

    /// <summary>Whether capture is off.</summary>
    public bool IsOpen => Volatile.Read(ref _inARow) >= MaxFaults;

    public void Report(string site, Exception error)
    {
        counters.CountFault();
        int inARow = Interlocked.Increment(ref _inARow);
        try
        {
            ReportOnce(site, error, inARow);
        }
        catch (Exception)
        {
            // A logger that throws is one more failure that the host must not see; it is counted already.
        }
    }

    /// <summary>A failure of what is not ours, such as a store or a callback: counted and reported once, but no reason to stop recording.</summary>
    public void Note(string site, Exception error)
    {
        counters.CountFault();
        try
        {
            ReportOnce(site, error, inARow: 0);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    /// <summary>Something worked: the row of failures is over.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref _inARow) is > 0 and < MaxFaults)
        {
            Volatile.Write(ref _inARow, 0);
        }
    }

    // Its message may quote what the recorder hides: a callback of the app's sees requests as they are.
    private static string WithoutMessage(Exception error)
        => error.InnerException is { } inner
            ? error.GetType().FullName + Environment.NewLine + error.StackTrace + Environment.NewLine + "caused by " + WithoutMessage(inner)
            : error.GetType().FullName + Environment.NewLine + error.StackTrace;

    private void ReportOnce(string site, Exception error, int inARow)
    {
        bool first;
        lock (_reported)
        {
            first = _reported.Add(site);
        }

        if (first)
        {
            Log.InternalFault(logger, site, WithoutMessage(error));
        }

        if (inARow == MaxFaults)
        {
            Log.BreakerOpened(logger, MaxFaults);
        }
    }
}
