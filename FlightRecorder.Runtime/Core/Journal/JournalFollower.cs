using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// Reads a journal forwards while it grows: all runs together, in the order in which requests ended, each run in the order it
/// was written. New segments and new runs are found as they come. Holds one line of each run.
/// </summary>
internal sealed class JournalFollower(string directory, JournalFilter filter, JournalScan scan)
{
    private readonly Dictionary<string, RunCursor> _runs = new(StringComparer.Ordinal);
    private readonly PriorityQueue<RunCursor, DateTimeOffset> _next = new();
    private readonly LinePrefilter? _prefilter = LinePrefilter.Of(filter);

    /// <summary>Passes over everything that is written by now.</summary>
    public void SkipToEnd() => Refresh(cursor => cursor.SkipToEnd());

    /// <summary>What is written whole and was not read yet, and wanted.</summary>
    public IEnumerable<RecordingSummary> ReadWritten()
    {
        Refresh(_ => { });
        foreach (RunCursor run in _runs.Values)
        {
            Advance(run);
        }

        while (_next.TryDequeue(out RunCursor? run, out _))
        {
            if (!Housekeeping.Is(run.Head!) && filter.Matches(run.Head!, run.Line.Span))
            {
                yield return run.Head!;
            }

            Advance(run);
        }
    }

    /// <summary>Goes on reading until cancelled; a null says that all that is written was read.</summary>
    public async IAsyncEnumerable<RecordingSummary?> FollowAsync(TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (RecordingSummary recording in ReadWritten())
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return recording;
            }

            yield return null;
            await Task.Delay(interval, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Advance(RunCursor run)
    {
        if (run.MoveNext())
        {
            _next.Enqueue(run, run.Place);
        }
    }

    private void Refresh(Action<RunCursor> begin)
    {
        IReadOnlyList<SegmentFile> segments;
        try
        {
            segments = SegmentListing.Of(directory);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            scan.UnreadableSegments++;
            return;
        }

        foreach (IGrouping<string, SegmentFile> series in segments.GroupBy(file => file.Name.Series, StringComparer.Ordinal))
        {
            bool isNew = !_runs.TryGetValue(series.Key, out RunCursor? run);
            run ??= _runs[series.Key] = new RunCursor(_prefilter, scan);
            run.Refresh(series);
            if (isNew)
            {
                begin(run);
            }
        }
    }
}
