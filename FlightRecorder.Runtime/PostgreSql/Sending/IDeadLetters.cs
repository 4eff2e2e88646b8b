namespace FlightRecorder.PostgreSql;

/// <summary>Gets the recordings that PostgreSQL will never take.</summary>
internal interface IDeadLetters
{
    /// <summary>Keeps a line, without its line feed, as the journal had it.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    void Add(ReadOnlySpan<byte> line, string reason);
}
