namespace FlightRecorder;

/// <summary>When a captured request is kept; flags combine as "any of".</summary>
[Flags]
public enum KeepWhen
{
    /// <summary>Every one (default).</summary>
    Always = 0,

    /// <summary>It failed: an exception, handled or not, or a status of 500 and above.</summary>
    Error = 1,

    /// <summary>A status of 400 to 499.</summary>
    ClientError = 2,

    /// <summary>It took at least <see cref="RecordAttribute.SlowMilliseconds"/>.</summary>
    Slow = 4,

    /// <summary>It changed, or tried to change, a row.</summary>
    Mutation = 8,
}
