namespace FlightRecorder;

/// <summary>What the writer gives the store before the first batch of a run and after the last: what earlier runs left, and the run's own last line. Never throws.</summary>
internal sealed class RunEnds(BatchWriter writer, Slots? slots, RecorderCounters counters, FaultGuard guard)
{
    /// <summary>Writes what runs that died left in their slots.</summary>
    public void Recover(CancellationToken cancellationToken)
    {
        try
        {
            int leftOut = 0;
            if (slots?.Recover(TryWrite) is { } lines && lines > leftOut)
            {
                counters.CountRecovered(lines - leftOut);
            }

            bool TryWrite(LineBatch batch)
            {
                bool stored = writer.TryWrite(batch, cancellationToken);
                leftOut += stored ? writer.LeftOut : 0;
                return stored;
            }
        }
        catch (Exception error)
        {
            guard.Note("slots", error);
        }
    }

    /// <summary>Writes a line of the run itself, to a journal only.</summary>
    public void SayLastWord(Func<LineBatch?>? word, CancellationToken cancellationToken)
    {
        try
        {
            if (writer.IsJournal && word?.Invoke() is { } line)
            {
                writer.TryWrite(line, cancellationToken);
            }
        }
        catch (Exception error)
        {
            guard.Note("last word", error);
        }
    }
}
