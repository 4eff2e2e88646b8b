namespace FlightRecorder;

/// <summary>Reads the segments of one run first to last, as far as they are written; no file stays open in between.</summary>
internal sealed class RunCursor(LinePrefilter? prefilter, JournalScan scan)
{
    private List<SegmentFile> _segments = [];
    private int _ordinal;
    private long _offset;
    private FileStream? _stream;
    private ForwardLines? _lines;
    private DateTimeOffset _last;

    /// <summary>The next recording and its line, valid until the next is asked for; null when there is none at present.</summary>
    public RecordingSummary? Head { get; private set; }

    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Its place among the runs: when it ended, never before what came before it in its run.</summary>
    public DateTimeOffset Place { get; private set; }

    /// <summary>Takes note of the segments there are now.</summary>
    public void Refresh(IEnumerable<SegmentFile> segments)
    {
        _segments = [.. segments.OrderBy(file => file.Name.Ordinal)];
        if (_segments.Find(file => file.Name.Ordinal == _ordinal) is { } current && current.Bytes < _offset)
        {
            // Cut from outside, or written anew without what was erased. Asked of a fresh size only: reading goes beyond an older one.
            Close();
            _offset = current.Bytes;
        }
    }

    /// <summary>Passes over what is written already.</summary>
    public void SkipToEnd()
    {
        if (_segments.Count > 0)
        {
            _ordinal = _segments[^1].Name.Ordinal;
            _offset = LastLineEnd(_segments[^1]);
        }
    }

    /// <summary>Goes to the next recording that was written whole.</summary>
    public bool MoveNext()
    {
        Head = null;
        foreach (SegmentFile segment in _segments.Where(file => file.Name.Ordinal >= _ordinal))
        {
            if (segment.Name.Ordinal > _ordinal)
            {
                Close();
                (_ordinal, _offset) = (segment.Name.Ordinal, 0);
            }

            if (HasMore(segment) && MoveNext(segment))
            {
                return true;
            }
        }

        Close();
        return false;
    }

    private bool HasMore(SegmentFile segment) => _lines is not null || segment.Bytes > _offset;

    private bool MoveNext(SegmentFile segment)
    {
        try
        {
            if (_lines is null && !Open(segment))
            {
                return false;
            }

            while (_lines!.TryNext(out Stretch piece))
            {
                _offset = _lines.Offset;
                if (IsWanted(piece))
                {
                    return true;
                }
            }
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            scan.UnreadableSegments++;
        }

        return false;
    }

    private bool Open(SegmentFile segment)
    {
        _stream = SegmentReader.Open(segment.Path);
        _lines = _stream is null ? null : new ForwardLines(_stream, _offset, segment.Name.GoodBytes ?? long.MaxValue);
        return _lines is not null;
    }

    private void Close()
    {
        _stream?.Dispose();
        (_stream, _lines) = (null, null);
    }

    private bool IsWanted(Stretch piece)
    {
        scan.Count(piece.Kind);
        if (piece.Kind != StretchKind.Line || piece.Bytes.IsEmpty || prefilter?.MayMatch(piece.Bytes.Span) == false)
        {
            return false;
        }

        if (!LineTrailer.IsIntact(piece.Bytes.Span))
        {
            scan.CorruptLines++;
            return false;
        }

        scan.Lines++;
        scan.Count(SummaryParser.TryRead(piece.Bytes.Span, out RecordingSummary? head));
        if (head is null)
        {
            return false;
        }

        DateTimeOffset ended = RunClock.EndOf(head, head.StartedAt);
        _last = ended > _last ? ended : _last;
        (Head, Line, Place) = (head, piece.Bytes, _last);
        return true;
    }

    // A line that is being written is read when it is whole.
    private static long LastLineEnd(SegmentFile segment)
    {
        using FileStream? stream = segment.Bytes > 0 ? SegmentReader.Open(segment.Path) : null;
        if (stream is null)
        {
            return segment.Bytes;
        }

        var window = new LineWindow(stream, Math.Min(segment.Bytes, stream.Length));
        while (window.Span.LastIndexOf((byte)'\n') < 0 && !window.IsFull && window.ReadBack())
        {
        }

        return window.Offset + window.Span.LastIndexOf((byte)'\n') + 1;
    }
}
