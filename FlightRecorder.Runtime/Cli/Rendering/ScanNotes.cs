namespace FlightRecorder.Cli;

/// <summary>Says on the side what a reading skipped; loss is never silent.</summary>
internal static class ScanNotes
{
    public static void Write(TextWriter error, JournalReader reader, JournalScan scan)
    {
        var page = new Page(error, hasColor: false);
        if (!Directory.Exists(reader.Directory))
        {
            page.Line($"There is no journal in {reader.Directory}.");
        }
        else if (scan.Skipped > 0)
        {
            page.Line("Skipped: " + string.Join(", ", Notes(scan)) + ".");
        }
    }

    private static IEnumerable<string> Notes(JournalScan scan)
    {
        (long Number, string What)[] notes =
        [
            (scan.UnreadableSegments, "unreadable segment"), (scan.TornLines, "unfinished line"), (scan.ZeroRuns, "run of zeros|runs of zeros"),
            (scan.CorruptLines, "damaged line"), (scan.OversizedLines, "oversized line"), (scan.FutureLines, "line of a later version|lines of a later version"),
            (scan.UnknownKinds, "line of an unknown kind|lines of an unknown kind"),
        ];
        foreach ((long number, string what) in notes)
        {
            if (number > 0)
            {
                string[] words = what.Split('|');
                yield return words.Length == 1 ? Units.Count(number, what) : $"{number} {(number == 1 ? words[0] : words[1])}";
            }
        }
    }
}
