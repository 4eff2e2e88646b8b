namespace FlightRecorder;

/// <summary>Puts a timeline into the order of time. Entries of one moment keep the order in which they came.</summary>
internal static class TimelineOrder
{
    // Insertion in place: nothing is allocated, and a nearly ordered timeline costs little more than one pass over it.
    public static void Restore(Span<TimelineEntry> entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            int place = Place(entries[..i], entries[i].AtUs);
            if (place < i)
            {
                TimelineEntry moved = entries[i];
                entries[place..i].CopyTo(entries[(place + 1)..]);
                entries[place] = moved;
            }
        }
    }

    /// <summary>Behind all ordered entries that are not later.</summary>
    private static int Place(ReadOnlySpan<TimelineEntry> ordered, long atUs)
    {
        int place = ordered.Length;
        while (place > 0 && ordered[place - 1].AtUs > atUs)
        {
            place--;
        }

        return place;
    }
}
