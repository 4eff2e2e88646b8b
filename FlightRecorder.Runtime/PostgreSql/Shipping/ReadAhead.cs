namespace FlightRecorder.PostgreSql;

/// <summary>
/// Reads and encodes what comes behind a stretch in its segment while that is being sent, so that this process and the server work
/// at the same time. What it read is a proposal: it is taken only when it begins where the sending got to.
/// </summary>
internal sealed class ReadAhead(string directory, int maxTextBytes)
{
    private OutgoingBatch _spare = new(maxTextBytes);
    private (string Segment, SegmentPosition From)? _asked;
    private Task<ReadyBatch?> _reading = Task.FromResult<ReadyBatch?>(null);

    /// <summary>Begins to read on behind a stretch; nothing happens while something that was read waits to be taken.</summary>
    public void Start(string segment, SegmentPosition from, int maxBytes)
    {
        if (_asked is null)
        {
            _asked = (segment, from);
            _reading = Task.Run(() => Read(segment, from, maxBytes));
        }
    }

    /// <summary>What begins at the position, in exchange for a batch that is done with; null when nothing was read for it.</summary>
    public async ValueTask<ReadyBatch?> TakeAsync(string segment, SegmentPosition from, OutgoingBatch done)
    {
        if (_asked is not { } asked)
        {
            return null;
        }

        _asked = null;
        ReadyBatch? ready = await _reading.ConfigureAwait(false);
        if (ready is null || asked != (segment, from))
        {
            return null;
        }

        _spare = done;
        return ready;
    }

    private ReadyBatch? Read(string segment, SegmentPosition from, int maxBytes)
    {
        try
        {
            var file = new FileInfo(Path.Combine(directory, segment));
            if (!file.Exists || file.Length <= from.Offset || !SegmentName.TryParse(segment, out SegmentName name))
            {
                return null;
            }

            SegmentChunk? chunk = SegmentChunk.Read(new SegmentFile(file.FullName, name, file.Length, file.LastWriteTimeUtc), from, maxBytes);
            return chunk is null ? null : Encode(segment, chunk);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            // Whoever reads it in its turn meets the failure, and says so.
            return null;
        }
    }

    private ReadyBatch Encode(string segment, SegmentChunk chunk)
    {
        _spare.Clear();
        var faults = new List<(ReadOnlyMemory<byte>, string)>();
        foreach (ReadOnlyMemory<byte> line in chunk.Lines)
        {
            if (_spare.TryAdd(line) is { } fault)
            {
                faults.Add((line, fault));
            }
        }

        return new ReadyBatch(segment, chunk, _spare, faults);
    }
}

/// <summary>A stretch that was read and encoded, and its lines that cannot be stored, with the reasons.</summary>
internal sealed record ReadyBatch(string Segment, SegmentChunk Chunk, OutgoingBatch Batch, IReadOnlyList<(ReadOnlyMemory<byte> Line, string Reason)> Faults);
