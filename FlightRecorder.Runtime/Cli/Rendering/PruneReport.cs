namespace FlightRecorder.Cli;

/// <summary>What a pruning did, one line per segment. What stays although it should go is said on the side.</summary>
internal sealed class PruneReport(Terminal terminal, bool asJson, bool isDryRun)
{
    private readonly Page _page = new(terminal.Output, hasColor: false);
    private readonly Page _side = new(terminal.Error, hasColor: false);
    private int _deleted;
    private int _rewritten;
    private long _erased;

    public bool IsUndone { get; private set; }

    public void Add(PruneAction action)
    {
        IsUndone |= action.IsUndone;
        _deleted += action.Word == "deleted" ? 1 : 0;
        _rewritten += action.Word == "rewritten" ? 1 : 0;
        _erased += action.Word == "rewritten" ? action.Erased : 0;
        if (asJson)
        {
            AuditJson.WriteAction(terminal.Output, action, isDryRun);
        }
        else
        {
            Page page = action.IsUndone ? _side : _page;
            page.Line($"{(isDryRun && !action.IsUndone ? "would be " : "")}{action.Word} {action.File} ({Units.Count(action.Bytes, "byte")}): {action.Detail}");
        }
    }

    public void End()
    {
        if (!asJson)
        {
            string erased = _rewritten > 0 ? $", {Units.Count(_erased, "recording")} erased from {Units.Count(_rewritten, "segment")}" : "";
            _page.Line($"{(isDryRun ? "Would be: " : "")}{Units.Count(_deleted, "segment")} deleted{erased}.");
        }
    }
}
