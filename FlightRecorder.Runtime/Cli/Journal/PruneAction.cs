namespace FlightRecorder.Cli;

/// <summary>Something a pruning did, would do, or could not do.</summary>
/// <param name="Word">One word for programs: deleted, rewritten, left, failed.</param>
/// <param name="File">The segment's file name.</param>
/// <param name="Bytes">How large it was.</param>
/// <param name="Detail">A phrase for people.</param>
/// <param name="Erased">How many recordings of the actor it held.</param>
internal sealed record PruneAction(string Word, string File, long Bytes, string Detail, long Erased = 0)
{
    /// <summary>Whether what was asked for is not so.</summary>
    public bool IsUndone => Word is "left" or "failed";
}
