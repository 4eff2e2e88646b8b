namespace FlightRecorder.PostgreSql;

/// <summary>How the sending goes, for the health check. Written by the sender, read by anyone.</summary>
internal sealed class ShipState(TimeProvider time)
{
    private volatile string? _trouble;
    private long _since;
    private long _waitingBytes;

    public SendCounters Counters { get; } = new();

    /// <summary>What is wrong, without secrets; null when nothing is.</summary>
    public string? Trouble => _trouble;

    /// <summary>Since when it is wrong.</summary>
    public DateTimeOffset TroubleSince => new(Interlocked.Read(ref _since), TimeSpan.Zero);

    /// <summary>How many bytes of the journal were not sent yet when it was looked at last.</summary>
    public long WaitingBytes
    {
        get => Interlocked.Read(ref _waitingBytes);
        set => Interlocked.Exchange(ref _waitingBytes, value);
    }

    /// <summary>Notes a failure; true for the first after things went well.</summary>
    public bool Failed(string trouble)
    {
        bool first = _trouble is null;
        if (first)
        {
            Interlocked.Exchange(ref _since, time.GetUtcNow().UtcTicks);
        }

        _trouble = trouble;
        return first;
    }

    /// <summary>Notes that things go well; true when they did not before.</summary>
    public bool Succeeded()
    {
        bool recovered = _trouble is not null;
        _trouble = null;
        return recovered;
    }
}
