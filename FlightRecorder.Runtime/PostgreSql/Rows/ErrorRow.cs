namespace FlightRecorder.PostgreSql;

/// <summary>A row of flight_recorder_errors.</summary>
internal sealed class ErrorRow
{
    private const short Columns = 10;

    private const int TypePart = 0;
    private const int MessagePart = 1;
    private const int StackPart = 2;
    private const int HandledPart = 3;

    public static readonly Sql Copy = new("""
        COPY {schema}.flight_recorder_errors (session_id, started_at, ordinal, name, message, stack, kind, handled, rest, words)
        FROM STDIN (FORMAT BINARY)
        """);

    private readonly ObjectParts _parts = new(
        new PartRule("type", PartKind.Text),
        new PartRule("message", PartKind.Text),
        new PartRule("stack", PartKind.Text),
        new PartRule("handled", PartKind.Seen));

    private readonly ErrorWords _words = new();

    public void Write(RowBuffer row, RecordingSummary summary, int ordinal, ReadOnlyMemory<byte> error)
    {
        _parts.SplitValid(error);
        row.Begin(Columns);
        row.Id(summary.Id);
        row.Time(summary.StartedAt);
        row.Int(ordinal);
        row.Text(_parts.Text(TypePart) ?? "");
        row.Text(_parts.Text(MessagePart) ?? "");
        row.Text(_parts.Text(StackPart));
        row.Text(RecordingWords.Of(summary.Kind));
        row.Flag(_parts.Raw(HandledPart).Span.SequenceEqual("true"u8));
        row.Utf8(_parts.Rest);
        _words.Clear();
        _words.AddError(error.Span);
        row.Texts(_words.All);
    }
}
