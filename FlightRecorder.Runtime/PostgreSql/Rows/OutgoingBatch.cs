namespace FlightRecorder.PostgreSql;

/// <summary>Recordings that go in one transaction, encoded once. Used again and again by one sender.</summary>
internal sealed class OutgoingBatch
{
    private readonly List<OutgoingRecording> _recordings = [];
    private readonly LineRows _rows;

    public OutgoingBatch(int maxTextBytes) => _rows = new LineRows(maxTextBytes);

    public IReadOnlyList<OutgoingRecording> Recordings => _recordings;

    /// <summary>How many bytes of lines.</summary>
    public long Bytes { get; private set; }

    public RowBuffer Sessions => _rows.Sessions;

    public RowBuffer Mutations => _rows.Mutations;

    public RowBuffer Errors => _rows.Errors;

    /// <summary>Adds an intact line, whose memory must stay as it is until the batch is cleared; why not, when it is no recording that can be stored.</summary>
    public string? TryAdd(ReadOnlyMemory<byte> line)
    {
        string? fault = _rows.TryWrite(line, out OutgoingRecording? recording);
        if (recording is not null)
        {
            _recordings.Add(recording);
            Bytes += line.Length;
        }

        return fault;
    }

    public void Clear()
    {
        _recordings.Clear();
        _rows.Clear();
        Bytes = 0;
    }
}
