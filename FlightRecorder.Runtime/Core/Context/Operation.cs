namespace FlightRecorder;

/// <summary>A recording outside any request; from <see cref="Flight.Begin"/>.</summary>
public sealed class Operation : IDisposable
{
    private readonly AmbientHolder? _outer;
    private AmbientHolder? _holder;
    private ActiveRecording? _active;

    private Operation(ActiveRecording? active, AmbientHolder? outer)
    {
        _active = active;
        _outer = outer;
        if (active is not null)
        {
            Recording = active.Handle;
            _holder = AmbientHolder.Enter(active, outer);
        }
    }

    /// <summary>Its recording, or null when nothing is recorded.</summary>
    public AmbientRecording? Recording { get; }

    internal static Operation Begin(Recorder? recorder, string name)
    {
        AmbientHolder? outer = AmbientHolder.CurrentHolder;
        AmbientRecording? parent = AmbientHolder.Current;
        ActiveRecording? active = recorder?.Begin(RecordingKind.Operation);
        if (active is not null)
        {
            active.Name = name;
            active.Parent = parent?.Id.ToString();
            active.Outer = parent;
            active.Announce();
            active.Recorder.Slots?.BeginOperation(active);
        }

        return new Operation(active, outer);
    }

    /// <summary>Says that the operation failed; its outcome becomes <see cref="RecordingOutcome.Failed"/>.</summary>
    public void Fail(Exception exception)
    {
        if (Recording is { } recording && recording.IsOpen && _active is { } active)
        {
            recording.Append(exception, handled: false);
            active.Outcome = RecordingOutcome.Failed;
        }
    }

    /// <summary>Ends the operation; a second call does nothing.</summary>
    public void Dispose()
    {
        ActiveRecording? active = Interlocked.Exchange(ref _active, null);
        if (active is null)
        {
            return;
        }

        _holder?.Leave();
        _holder = null;
        AmbientHolder.Restore(_outer);
        active.Recorder.End(active, rule: null);
    }
}
