namespace FlightRecorder.Cli;

/// <summary>One run of a journal, to be read.</summary>
internal static class RunSection
{
    private const int LabelWidth = 14;

    public static void Write(Page page, RunAudit run)
    {
        page.Text(run.Series, Style.Strong).Line(run.IsAlive ? "  being written" : "", Style.Good);
        Fact(page, "recordings", Units.Number(run.Recordings) + (run.Erased > 0 ? $", {run.Erased} erased" : ""));
        Fact(page, "began", run.FirstBegan is { } began ? Units.ExactTime(began) : "-");
        Fact(page, "last alive", run.LastAlive is { } last ? Units.ExactTime(last) : "-");
        Fact(page, "segments", $"{run.Segments.Count}, {Units.Count(run.Bytes, "byte")}");
        Fact(page, "not there", run.Numbers.Missing > 0 ? $"{Units.Count(run.Numbers.Missing, "number")} of the run: dropped, or in segments that are gone" : "");
        Fact(page, "offered", run.Totals is { } totals ? Shown(totals) : "");
        Fact(page, "notes", string.Join(", ", run.Notes.Select(note => $"{note.Key} ({note.Value})")));
        foreach (SegmentFile aside in run.Quarantined)
        {
            Fact(page, "put aside", $"{Path.GetFileName(aside.Path)}: {Units.Count(aside.Name.GoodBytes ?? 0, "byte")} of {aside.Bytes} are good");
        }

        Fact(page, "faults", run.Faults.Count > 0 ? $"{run.Faults.Count}; verify says where" : "");
    }

    // 12 = 7 stored + 2 dropped (queue_full 2) + 3 not kept (no_trigger 3) + 0 in flight, when it stopped
    private static string Shown(RunTotals totals)
        => $"{Units.Number(totals.Offered)} = {Units.Number(totals.Stored)} stored + {Sum(totals.Dropped, "dropped")}"
            + $" + {Sum(totals.NotKept, "not kept")} + {Units.Number(totals.InFlight)} in flight, when it stopped";

    private static string Sum(IReadOnlyList<KeyValuePair<string, long>> reasons, string what)
        => $"{Units.Number(reasons.Sum(reason => reason.Value))} {what}"
            + (reasons.Count > 0 ? $" ({string.Join(", ", reasons.Select(reason => $"{reason.Key} {Units.Number(reason.Value)}"))})" : "");

    private static void Fact(Page page, string label, string value)
    {
        if (value.Length > 0)
        {
            page.Text("  ").Cell(label, LabelWidth, Style.Faint).Line(value);
        }
    }
}
