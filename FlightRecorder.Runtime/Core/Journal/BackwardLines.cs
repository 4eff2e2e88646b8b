namespace FlightRecorder;

/// <summary>
/// The intact lines of a segment, last first, in bounded memory; what is not intact is counted and skipped. With a prefilter,
/// lines that it rules out are passed over unseen, damaged ones too.
/// </summary>
internal sealed class BackwardLines(Stream stream, long length, JournalScan scan, LinePrefilter? prefilter = null)
{
    // Fits the second-level cache, where the search is faster than memory.
    private const int SearchBlock = 256 * 1024;

    private readonly LineWindow _window = new(stream, length, prefilter is null ? LineWindow.Block : SearchBlock);

    // Whether no line feed was seen yet: what is held is the end of the file, which may be unfinished.
    private bool _isTail = true;
    private bool _isTooLong;
    private bool _hasZeroTail;

    /// <summary>Each line is without its line feed and valid until the next one is asked for.</summary>
    /// <exception cref="IOException">The file cannot be read further.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Read()
    {
        while (TryTake(out ReadOnlyMemory<byte> stretch))
        {
            if (prefilter is not null && !_isTail && !prefilter.MayMatch(stretch.Span))
            {
                continue;
            }

            if (LineTrailer.IsIntact(stretch.Span))
            {
                scan.Lines++;
                yield return stretch;
            }
            else if (!stretch.IsEmpty)
            {
                foreach (Range saved in Damaged(stretch.Span))
                {
                    scan.Lines++;
                    yield return stretch[saved];
                }
            }

            _isTail = false;
        }
    }

    // The stretch after the last line feed in memory; empty where it is too long to be a line.
    private bool TryTake(out ReadOnlyMemory<byte> stretch)
    {
        if (prefilter is { RulesOutBlocks: true } && !_isTail)
        {
            PassOver(prefilter);
        }

        int newline;
        while ((newline = _window.Span.LastIndexOf((byte)'\n')) < 0)
        {
            if (!_window.ReadBack())
            {
                bool any = _window.Length > 0;
                stretch = _window.TakeAll();
                return any;
            }

            Bound();
        }

        stretch = _window.TakeAfter(newline);
        _isTooLong = false;
        return true;
    }

    // Lets go of the whole lines in memory behind the last one that may match.
    private void PassOver(LinePrefilter prefilter)
    {
        ReadOnlySpan<byte> held = _window.Span;
        int first = held.IndexOf((byte)'\n');
        if (first < 0)
        {
            return;
        }

        int hit = prefilter.LastHit(held[(first + 1)..]);
        int behind = hit < 0 ? first : held[(first + 1 + hit)..].IndexOf((byte)'\n') is >= 0 and int end ? first + 1 + hit + end : held.Length;
        _window.Keep(behind);
    }

    private void Bound()
    {
        if (_isTail && !_isTooLong)
        {
            DropZeroTail();
        }

        if (!_isTooLong && _window.IsFull)
        {
            scan.OversizedLines++;
            _isTooLong = true;
        }

        if (_isTooLong)
        {
            // The rest of the stretch is of no use; only the line feed before it is looked for.
            _window.Keep(_window.Span.LastIndexOf((byte)'\n') + 1);
        }
    }

    // Zeros at the end are what a file system leaves where data did not make it; there may be gigabytes of them.
    private void DropZeroTail()
    {
        int kept = _window.Span.LastIndexOfAnyExcept((byte)0) + 1;
        if (kept < _window.Length && !_hasZeroTail)
        {
            scan.ZeroRuns++;
            _hasZeroTail = true;
        }

        _window.Keep(kept);
    }

    private List<Range> Damaged(ReadOnlySpan<byte> stretch)
    {
        int firstByte = stretch.IndexOfAnyExcept((byte)0);
        int zeros = firstByte < 0 ? stretch.Length : firstByte;
        if (zeros > 0)
        {
            scan.ZeroRuns++;
        }

        if (LineTrailer.IsIntact(stretch[zeros..]))
        {
            return [zeros..stretch.Length];
        }

        if (zeros < stretch.Length)
        {
            scan.TornLines += _isTail ? 1 : 0;
            scan.CorruptLines += _isTail ? 0 : 1;
        }

        return LineTrailer.Salvage(stretch);
    }
}
