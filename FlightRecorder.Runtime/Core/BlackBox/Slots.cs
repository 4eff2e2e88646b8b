using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>The recorder's slots: opened with the run, or off after one warning. Nothing here throws into the host.</summary>
/// <param name="place">Where the file lies, and where earlier ones may.</param>
/// <param name="run">The run.</param>
/// <param name="options">What its lines say of the app.</param>
/// <param name="logger">Where warnings go.</param>
/// <param name="time">The clock.</param>
internal sealed class Slots(SlotPlace place, RunInfo run, FlightRecorderOptions options, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private SlotFile? _file;

    /// <summary>Recordings that found all slots taken.</summary>
    public long Missed => _file?.Missed ?? 0;

    /// <summary>Whether there is a file.</summary>
    public bool IsOn => _file is not null;

    /// <summary>Makes the file of this run. Once, before the first recording.</summary>
    public void Open()
    {
        try
        {
            JournalFiles.Instance.CreateDirectory(place.Directory);
            _file = SlotFile.Create(Path.Combine(place.Directory, SlotName.Of(run)), run, LineHead.AppOf(options), time);
        }
        catch (Exception error)
        {
            Log.SlotsOff(logger, place.Directory, IoFailure.Describe(error));
        }
    }

    /// <summary>Writes the recordings that runs which died left unfinished; the writer's first work.</summary>
    /// <param name="tryWrite">Whether the store took the lines.</param>
    /// <returns>How many lines were written.</returns>
    public int Recover(Func<LineBatch, bool> tryWrite) => new SlotRecovery(place, run.Id, logger).Run(tryWrite);

    /// <summary>Takes a slot for a request; its names are those of the endpoint.</summary>
    public void Begin(ActiveRecording recording, SlotEndpoint endpoint)
    {
        if (_file is { } file)
        {
            recording.Slot = file.Begin(recording, endpoint.Text);
        }
    }

    /// <summary>Takes a slot for an operation.</summary>
    public void BeginOperation(ActiveRecording recording)
    {
        if (_file is { } file)
        {
            Span<byte> text = stackalloc byte[SlotLayout.MaxEndpoint];
            recording.Slot = file.Begin(recording, text[..SlotText.Write(text, SlotText.IfLiteral(recording.Name), null, null)]);
        }
    }

    /// <summary>Adds the path of a request that has a slot.</summary>
    public void SetPath(ActiveRecording recording, SlotEndpoint endpoint, RedactionRules rules)
    {
        if (recording.Slot >= 0 && endpoint.HasPath && recording.Params.Count > 0)
        {
            _file!.SetPath(recording.Slot, endpoint.PathUnder(rules), recording.Params);
        }
    }

    /// <summary>Adds a mark or a statement to a slot; other steps are left out.</summary>
    public void AddStep(int slot, in TimelineEntry entry)
    {
        if (entry.Sql is { } sql)
        {
            _file!.EndStatement(slot, entry.Type == TimelineTypes.Query ? SlotStepKind.Query : SlotStepKind.Command, entry.AtUs, StatementShape.Of(sql));
        }
        else if (entry.Type == TimelineTypes.Mark && SlotText.IfLiteral(entry.Detail) is { } mark)
        {
            Span<byte> text = stackalloc byte[SlotLayout.MaxStepText];
            _file!.AddStep(slot, SlotStepKind.Mark, entry.AtUs, text[..SlotText.Copy(mark, text)]);
        }
    }

    /// <summary>Adds a statement that goes out now: should it never come back, it is what was going on.</summary>
    public void StartStatement(int slot, long atUs, string sql)
        => _file!.AddStep(slot, SlotStepKind.Running, atUs, StatementShape.Of(sql));

    /// <summary>The recording is about to become a line.</summary>
    public void End(int slot, long sequence)
    {
        if (slot >= 0)
        {
            _file!.End(slot, sequence);
        }
    }

    /// <summary>Gives a slot back; a negative one is none.</summary>
    public void Release(int slot)
    {
        if (slot >= 0)
        {
            _file!.Release(slot);
        }
    }

    /// <summary>Gives the slots of all lines back, which were written or lost.</summary>
    public void Release(LineBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            Release(batch.SlotAt(i));
        }
    }

    /// <summary>Notes that the run is alive; returns after what time to do so again at the latest.</summary>
    public TimeSpan BeatUntil(TimeSpan due)
    {
        if (_file is not { } file)
        {
            return due;
        }

        file.Beat();
        return due < TimeSpan.Zero || due > Beat ? Beat : due;
    }

    public void Close() => _file?.Close();
}
