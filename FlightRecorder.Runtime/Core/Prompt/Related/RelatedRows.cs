namespace FlightRecorder.Prompts;

/// <summary>Finds earlier recordings that wrote a row which this one wrote or read.</summary>
internal static class RelatedRows
{
    private const int MaxRecordings = 5;
    private const int MaxRows = 4;

    /// <summary>Those that share the most rows first, the newest first among equals.</summary>
    public static IReadOnlyList<RelatedRecording> Find(Recording recording, IReadOnlyList<Recording> candidates)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        RowKey?[] ours = [.. recording.Mutations.Select(RowKey.Of)];
        StatementRead[] reads = StatementRead.Of(recording.Timeline);
        return
        [
            .. candidates
                .Where(earlier => earlier.Id != recording.Id && earlier.StartedAt <= recording.StartedAt)
                .Select(earlier => (Earlier: earlier, Rows: Shared(ours, reads, earlier)))
                .Where(found => found.Rows.Count > 0)
                .OrderByDescending(found => found.Rows.Count)
                .ThenByDescending(found => found.Earlier.StartedAt)
                .ThenBy(found => found.Earlier.Id)
                .Take(MaxRecordings)
                .Select(found => new RelatedRecording(found.Earlier, [.. Telling(recording, found.Earlier, found.Rows).Take(MaxRows)])),
        ];
    }

    /// <summary>First the rows of which both changed the same member, then others that we wrote, then those that we read.</summary>
    private static IEnumerable<SharedRow> Telling(Recording recording, Recording earlier, List<SharedRow> rows) => rows
        .OrderBy(row => row.Mutation < 0 ? 2 : earlier.Mutations[row.Theirs].Changed.Intersect(recording.Mutations[row.Mutation].Changed).Any() ? 0 : 1);

    private static List<SharedRow> Shared(RowKey?[] ours, StatementRead[] reads, Recording earlier)
    {
        List<SharedRow> rows = [];
        for (int theirs = 0; theirs < earlier.Mutations.Count; theirs++)
        {
            if (RowKey.Of(earlier.Mutations[theirs]) is { } row)
            {
                int mutation = Array.FindIndex(ours, known => known is not null && known.IsSameRow(row));
                int query = mutation < 0 ? Array.Find(reads, read => row.IsReadBy(read))?.Index ?? -1 : -1;
                if (mutation >= 0 || query >= 0)
                {
                    rows.Add(new SharedRow(theirs, mutation, query));
                }
            }
        }

        return rows;
    }
}
