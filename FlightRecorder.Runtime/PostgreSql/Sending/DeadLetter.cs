namespace FlightRecorder.PostgreSql;

/// <summary>A recording that PostgreSQL did not take. Two are equal when the file has the same bytes for them.</summary>
/// <param name="At">When it was refused.</param>
/// <param name="Reason">Why.</param>
/// <param name="Line">The recording, as the journal had it.</param>
/// <param name="Written">All of it, as the file has it.</param>
internal sealed record DeadLetter(DateTimeOffset At, string Reason, ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> Written)
{
    public bool Equals(DeadLetter? other) => other is not null && Written.Span.SequenceEqual(other.Written.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Written.Span);
        return hash.ToHashCode();
    }
}
