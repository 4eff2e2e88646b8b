using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>Turns lines into rows of the three tables.</summary>
internal sealed class LineRows(int maxTextBytes)
{
    private readonly SessionRow _session = new();
    private readonly MutationRow _mutation = new();
    private readonly ErrorRow _error = new();

    public RowBuffer Sessions { get; } = new();

    public RowBuffer Mutations { get; } = new();

    public RowBuffer Errors { get; } = new();

    /// <summary>Why the line is no recording that can be stored, or null; a line that need not be stored gives no recording either.</summary>
    public string? TryWrite(ReadOnlyMemory<byte> line, out OutgoingRecording? recording)
    {
        recording = null;
        (int sessions, int mutations, int errors) = (Sessions.Length, Mutations.Length, Errors.Length);
        try
        {
            ReadOnlyMemory<byte> storable = StorableLine.Of(line, maxTextBytes);
            LineContent content = _session.Read(storable, out RecordingSummary? summary);
            if (summary is null)
            {
                return Fault(content);
            }

            // What the journal notes of a run stays there: each row is a recording.
            recording = RunNote.Is(summary) ? null : Write(line, summary);
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            Sessions.CutTo(sessions);
            Mutations.CutTo(mutations);
            Errors.CutTo(errors);
            return "it is no journal line: " + error.GetType().Name;
        }
    }

    public void Clear()
    {
        Sessions.Clear();
        Mutations.Clear();
        Errors.Clear();
    }

    private OutgoingRecording Write(ReadOnlyMemory<byte> line, RecordingSummary summary)
    {
        (int sessions, int mutations, int errors) = (Sessions.Length, Mutations.Length, Errors.Length);
        _session.Write(Sessions, summary);
        List<ReadOnlyMemory<byte>> changes = JsonScalars.Elements(_session.Mutations);
        for (int i = 0; i < changes.Count; i++)
        {
            _mutation.Write(Mutations, summary, i, changes[i]);
        }

        List<ReadOnlyMemory<byte>> faults = JsonScalars.Elements(_session.Errors);
        for (int i = 0; i < faults.Count; i++)
        {
            _error.Write(Errors, summary, i, faults[i]);
        }

        return new OutgoingRecording
        {
            Id = summary.Id,
            Day = DateOnly.FromDateTime(summary.StartedAt.UtcDateTime),
            Line = line,
            Session = new RowSlice(sessions, Sessions.Length - sessions, 1),
            Mutations = new RowSlice(mutations, Mutations.Length - mutations, changes.Count),
            Errors = new RowSlice(errors, Errors.Length - errors, faults.Count),
        };
    }

    private static string Fault(LineContent content) => content switch
    {
        LineContent.FutureVersion => "it has a later version than this package reads",
        LineContent.UnknownKind => "it is of a kind that this package does not know",
        _ => "it is no journal line",
    };
}
