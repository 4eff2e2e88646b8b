using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>The segments of this run: opens the next, puts damaged ones aside, lets old ones go.</summary>
internal sealed class SegmentSeries(string directory, JournalOptions options, RunInfo run, IJournalFiles files, ILogger logger)
{
    // Each name taken means a planted file or a clash of run ids; so many at once is not an accident.
    private const int MaxNamesTaken = 100;

    private int _ordinal;
    private bool _hasGivenBack;

    /// <summary>Opens the next segment.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public Segment OpenNext()
    {
        files.CreateDirectory(directory);
        for (int taken = 0; taken < MaxNamesTaken; taken++)
        {
            var name = new SegmentName(run.ToString(), ++_ordinal, null);
            string path = Path.Combine(directory, name.ToString());
            if (files.TryCreate(path) is { } file)
            {
                return Settle(new Segment(file, path, name));
            }

            Log.JournalNameTaken(logger, path);
        }

        throw new IOException($"{MaxNamesTaken} segment names in {directory} are taken already.");
    }

    /// <summary>Renames a segment that can no longer be trusted, noting how much of it is good. Failing that it stays: readers skip what is torn.</summary>
    public void PutAside(Segment segment, long goodBytes, Exception why)
    {
        // Its good lines are to survive the loss of power like all others, and this is their last chance. After a sync that failed there is none.
        if (options.Sync != JournalSync.Buffered && goodBytes > 0 && segment.IsUnsynced)
        {
            Quietly(segment.Sync);
        }

        Quietly(segment.Dispose);
        if (goodBytes == 0)
        {
            // On a full disk each try may make a file that cannot be written: no litter, and no word each time.
            Quietly(() => files.Delete(segment.Path));
            return;
        }

        Log.JournalPutAside(logger, segment.Path, IoFailure.Describe(why));
        string aside = Path.Combine(directory, (segment.Name with { GoodBytes = goodBytes }).ToString());
        Quietly(() => files.Rename(segment.Path, aside));
    }

    /// <summary>Closes a segment; one without a line leaves no file.</summary>
    public void Close(Segment segment)
    {
        Quietly(segment.Dispose);
        if (segment.Length == 0)
        {
            Quietly(() => files.Delete(segment.Path));
        }
    }

    /// <summary>Deletes closed segments, those of other runs too, until the open one has room up to its limit.</summary>
    public void Expire(Segment open, DateTimeOffset now)
    {
        try
        {
            List<SegmentFile> closed = ClosedSegments.Of(files.List(directory), files, open.Path);
            foreach (SegmentFile file in RetentionPolicy.Expired(closed, options.MaxTotalBytes - options.MaxSegmentBytes, now - options.MaxAge))
            {
                files.Delete(file.Path);
                closed.Remove(file);
            }

            GiveBack(closed);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            Log.JournalRetentionFailed(logger, directory, IoFailure.Describe(error));
        }
    }

    // Once: what the dead have set aside counts nowhere, and a crash loop would fill the disk with it.
    private void GiveBack(List<SegmentFile> closed)
    {
        if (!_hasGivenBack)
        {
            _hasGivenBack = true;
            closed.ForEach(file => Quietly(() => files.GiveBack(file.Path)));
        }
    }

    private Segment Settle(Segment segment)
    {
        try
        {
            if (options.Sync != JournalSync.Buffered)
            {
                files.SyncDirectory(directory);
            }

            return segment;
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            Close(segment);
            throw;
        }
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            // What could be done about a file that cannot be closed, renamed, cut or deleted has been done: it is not written any more.
        }
    }
}
