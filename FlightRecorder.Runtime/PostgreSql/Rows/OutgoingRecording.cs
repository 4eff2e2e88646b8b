namespace FlightRecorder.PostgreSql;

/// <summary>A recording on its way: its line as the journal has it, and its rows.</summary>
internal sealed class OutgoingRecording
{
    public required Guid Id { get; init; }

    /// <summary>The day of its partition, in UTC.</summary>
    public required DateOnly Day { get; init; }

    public required ReadOnlyMemory<byte> Line { get; init; }

    public required RowSlice Session { get; init; }

    public required RowSlice Mutations { get; init; }

    public required RowSlice Errors { get; init; }

    /// <summary>Whether it was given up and put into the dead letters.</summary>
    public bool IsDead { get; set; }
}
