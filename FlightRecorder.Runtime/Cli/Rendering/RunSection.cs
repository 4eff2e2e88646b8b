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
        Fact(page, "notes", string.Join(", ", run.Notes.Select(note => $"{note.Key} ({note.Value})")));
        foreach (SegmentFile aside in run.Quarantined)
        {
            Fact(page, "put aside", $"{Path.GetFileName(aside.Path)}: {Units.Count(aside.Name.GoodBytes ?? 0, "byte")} of {aside.Bytes} are good");
        }

        Fact(page, "faults", run.Faults.Count > 0 ? $"{run.Faults.Count}; verify says where" : "");
    }

    private static void Fact(Page page, string label, string value)
    {
        if (value.Length > 0)
        {
            page.Text("  ").Cell(label, LabelWidth, Style.Faint).Line(value);
        }
    }
}
