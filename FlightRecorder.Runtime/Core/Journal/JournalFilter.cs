namespace FlightRecorder;

/// <summary>Which recordings of a journal are wanted: the conditions of a query, and a text that must be somewhere in the recording.</summary>
/// <param name="Query">The conditions; its limit is for who lists.</param>
/// <param name="Text">In a name, a text or a number of the recording, in any case; null does not restrict.</param>
internal sealed record JournalFilter(RecordingQuery Query, string? Text = null)
{
    private readonly ErrorSearch? _errors = ErrorSearch.Of(Query);

    /// <summary>Whether the recording of the line, whose head is given, is wanted.</summary>
    public bool Matches(RecordingSummary head, ReadOnlySpan<byte> line)
        => RecordingFilter.Matches(head, Query)
            && _errors?.IsInLine(line) != false
            && (string.IsNullOrEmpty(Text) || LineText.Contains(line, Text));
}
