namespace FlightRecorder.Cli;

/// <summary>Finds the recording that a person named, or says why not.</summary>
internal sealed class RecordingLookup(Terminal terminal, string directory)
{
    public JournalReader Reader { get; } = new(directory);

    /// <summary>The exit code, and the recording when that is 0.</summary>
    public int Find(string typed, out Recording? recording, CancellationToken cancellationToken)
    {
        var scan = new JournalScan();
        DeadRuns.Recover(terminal, Reader.Directory);
        IdLookup lookup = IdPrefix.TryParse(typed, out IdPrefix prefix) ? Reader.Find(prefix, scan, cancellationToken) : IdLookup.None;
        recording = lookup.Found;
        if (recording is not null)
        {
            return ExitCode.Ok;
        }

        var page = new Page(terminal.Error, hasColor: false);
        if (lookup.IsAmbiguous)
        {
            page.Line($"Several recordings begin with {SafeText.Short(typed)}:");
            SummaryTable.WriteCandidates(page, lookup.Candidates);
            return ExitCode.Ambiguous;
        }

        page.Line($"No recording begins with \"{SafeText.Short(typed)}\" in {Reader.Directory}.");
        ScanNotes.Write(terminal.Error, Reader, scan);
        return ExitCode.NotFound;
    }
}
