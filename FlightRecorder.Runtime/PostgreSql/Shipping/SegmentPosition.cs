namespace FlightRecorder.PostgreSql;

/// <summary>How far a segment was sent.</summary>
/// <param name="Offset">All before it is in PostgreSQL, a dead letter, or no recording.</param>
/// <param name="Check">CRC-32C of the last bytes before it: a segment that has others there is another one.</param>
internal readonly record struct SegmentPosition(long Offset, uint Check)
{
    /// <summary>How many bytes are checked.</summary>
    public const int CheckedBytes = 64;
}
