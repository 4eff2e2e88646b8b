namespace FlightRecorder.Cli;

/// <summary>The faults of a journal, one per line with file and offset, and a line that sums up.</summary>
internal sealed class FaultReport(Terminal terminal, bool asJson)
{
    private readonly Page _page = new(terminal.Output, terminal.HasColor);
    private long _segments;
    private long _lines;
    private long _bytes;

    public long Faults { get; private set; }

    public void Add(RunAudit run)
    {
        _segments += run.Segments.Count;
        _lines += run.Lines;
        _bytes += run.Bytes;
        Faults += run.Faults.Count;
        foreach (JournalFault fault in run.Faults)
        {
            if (asJson)
            {
                AuditJson.WriteFault(terminal.Output, fault);
            }
            else
            {
                _page.Text($"{fault.File}:{fault.Offset}", Style.Strong).Text(": ").Text(fault.Word, Style.Bad).Line(": " + fault.Detail);
            }
        }
    }

    public void End()
    {
        if (asJson)
        {
            AuditJson.WriteSum(terminal.Output, _segments, _lines, _bytes, Faults);
            return;
        }

        string read = $"{Units.Count(_segments, "segment")}, {Units.Count(_lines, "intact line")}, {Units.Count(_bytes, "byte")}: ";
        _page.Text(read).Line(Faults == 0 ? "no fault." : Units.Count(Faults, "fault") + ".", Faults == 0 ? Style.Good : Style.Bad);
    }
}
