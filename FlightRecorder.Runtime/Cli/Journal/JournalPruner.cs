namespace FlightRecorder.Cli;

/// <summary>
/// Deletes closed segments past an age or a size, and erases an actor from those that remain. What a process has open for
/// writing, and what the recorder did not name, is never touched: where it holds the actor, that is said.
/// </summary>
internal sealed class JournalPruner(string directory, IJournalFiles files, bool isDryRun, CancellationToken cancellationToken)
{
    /// <summary>What is done is told one by one.</summary>
    /// <param name="keepSince">Segments written last before this go.</param>
    /// <param name="maxBytes">Then the oldest, until all together are no larger.</param>
    /// <param name="actor">The id of the actor to erase from the rest, or null.</param>
    public IEnumerable<PruneAction> Prune(DateTimeOffset keepSince, long maxBytes, string? actor)
    {
        List<SegmentFile> left = [.. files.List(directory).OrderBy(file => file.Name.Series, StringComparer.Ordinal).ThenBy(file => file.Name.Ordinal)];
        List<SegmentFile> closed = ClosedSegments.Of(left, files);
        long open = left.Sum(file => file.Bytes) - closed.Sum(file => file.Bytes);
        foreach (SegmentFile file in RetentionPolicy.Expired(closed, maxBytes - open, keepSince))
        {
            left.Remove(file);
            yield return Delete(file);
        }

        if (actor is null)
        {
            yield break;
        }

        if (!isDryRun)
        {
            ActorErasure.DeleteLeftovers(directory);
        }

        var erasure = new ActorErasure(actor, isDryRun);
        foreach (SegmentFile file in left.Where(file => file.Bytes > 0))
        {
            if (Erase(erasure, file, closed.Contains(file)) is { } action)
            {
                yield return action;
            }
        }
    }

    private PruneAction Delete(SegmentFile file)
        => Try(file, () =>
        {
            if (!isDryRun)
            {
                files.Delete(file.Path);
            }

            return new PruneAction("deleted", Path.GetFileName(file.Path), file.Bytes, $"written last {Units.Time(file.LastWrite)}");
        })!;

    private PruneAction? Erase(ActorErasure erasure, SegmentFile file, bool isClosed)
        => Try(file, () =>
        {
            ErasureCount count = isClosed ? erasure.Erase(file, cancellationToken) : erasure.Count(file, cancellationToken);
            if (!count.IsAny)
            {
                return null;
            }

            string held = Units.Count(count.Recordings, "recording") + " of the actor";
            return isClosed
                ? Action("rewritten", $"{held} erased, {Units.Count(count.Kept, "line")} kept, {Units.Count(count.Damaged, "damaged piece")} dropped")
                : Action("left", $"{held}; {(file.Name.IsOurs ? "a process is writing it" : "it does not have a segment's name")}");

            PruneAction Action(string word, string detail) => new(word, Path.GetFileName(file.Path), file.Bytes, detail, count.Recordings);
        });

    private static PruneAction? Try(SegmentFile file, Func<PruneAction?> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            return new PruneAction("failed", Path.GetFileName(file.Path), file.Bytes, IoFailure.Describe(error));
        }
    }
}
