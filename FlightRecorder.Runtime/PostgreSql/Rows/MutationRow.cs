namespace FlightRecorder.PostgreSql;

/// <summary>A row of flight_recorder_db_mutations.</summary>
internal sealed class MutationRow
{
    private const short Columns = 15;

    private const int AtPart = 0;
    private const int SourcePart = 1;
    private const int ModelPart = 2;
    private const int OperationPart = 3;
    private const int OutcomePart = 4;
    private const int TransactionPart = 5;
    private const int WherePart = 6;
    private const int ParametersPart = 7;
    private const int BeforePart = 8;
    private const int AfterPart = 9;
    private const int ChangedPart = 10;
    private const int KeyPart = 11;

    // Atrocious durations must not carry a time over the end of the calendar.
    private const long LongestUs = 366L * 24 * 3600 * 1_000_000;

    public static readonly Sql Copy = new("""
        COPY {schema}.flight_recorder_db_mutations (
          session_id, started_at, ordinal, recorded_at, source, model, operation, where_json, args_json, before_json, after_json,
          outcome, transaction_id, changed, rest)
        FROM STDIN (FORMAT BINARY)
        """);

    private readonly ObjectParts _parts = new(
        new PartRule("atUs", PartKind.Seen),
        new PartRule("source", PartKind.Seen),
        new PartRule("model", PartKind.Seen),
        new PartRule("operation", PartKind.Seen),
        new PartRule("outcome", PartKind.Seen),
        new PartRule("transaction", PartKind.Seen),
        new PartRule("where", PartKind.Json),
        new PartRule("parameters", PartKind.Json),
        new PartRule("before", PartKind.Json),
        new PartRule("after", PartKind.Json),
        new PartRule("changed", PartKind.Json),
        new PartRule("key", PartKind.Seen));

    public void Write(RowBuffer row, RecordingSummary summary, int ordinal, ReadOnlyMemory<byte> mutation)
    {
        _parts.SplitValid(mutation);
        row.Begin(Columns);
        row.Id(summary.Id);
        row.Time(summary.StartedAt);
        row.Int(ordinal);
        row.Time(RecordedAt(summary.StartedAt));
        row.JsonText(_parts.Raw(SourcePart).Span, otherwise: "");
        row.JsonText(_parts.Raw(ModelPart).Span);
        row.JsonText(_parts.Raw(OperationPart).Span, otherwise: "");

        // What tells which rows: the condition of a statement, or the key of a row.
        int where = _parts.Has(WherePart) ? WherePart : KeyPart;
        WriteJson(row, where, ParametersPart, BeforePart, AfterPart);
        row.JsonText(_parts.Raw(OutcomePart).Span, otherwise: "unknown");
        row.JsonText(_parts.Raw(TransactionPart).Span);
        WriteJson(row, ChangedPart);
        row.Utf8(_parts.Rest);
    }

    private void WriteJson(RowBuffer row, params ReadOnlySpan<int> parts)
    {
        foreach (int part in parts)
        {
            row.Utf8(_parts.Raw(part).Span, isNull: !_parts.Has(part));
        }
    }

    private DateTimeOffset RecordedAt(DateTimeOffset startedAt)
    {
        TimeSpan after = TimeSpan.FromMicroseconds(Math.Clamp(JsonScalars.Number(_parts.Raw(AtPart).Span), 0, LongestUs));
        return DateTimeOffset.MaxValue - startedAt > after ? startedAt + after : startedAt;
    }
}
