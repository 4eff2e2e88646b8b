using System.Globalization;

namespace FlightRecorder;

/// <summary>One life of one process: its id and the numbers of its recordings.</summary>
internal sealed class RunInfo
{
    private long _sequence;

    /// <summary>16 hexadecimal digits; random, since a container's process id is always 1.</summary>
    public string Id { get; } = RandomBits.Hex(8);

    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UtcNow;

    public long NextSequence() => Interlocked.Increment(ref _sequence);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StartedAt:yyyyMMdd'T'HHmmss}-{Id}");
}
