namespace FlightRecorder;

/// <summary>
/// What flows with the execution context. One per recording and emptied at its end: a task that outlives the request keeps
/// the holder, and finds nothing in it.
/// </summary>
internal sealed class AmbientHolder
{
    private static readonly AsyncLocal<AmbientHolder?> Ambient = new();

    private ActiveRecording? _recording;
    private int _generation;

    /// <summary>The recording of the current flow, or null.</summary>
    public static AmbientRecording? Current
    {
        get
        {
            AmbientHolder? holder = Ambient.Value;
            ActiveRecording? recording = holder?._recording;
            return recording is null ? null : new AmbientRecording(recording, holder!._generation);
        }
    }

    /// <summary>Makes the recording that of the current flow.</summary>
    public static AmbientHolder Enter(ActiveRecording recording)
    {
        var holder = new AmbientHolder { _recording = recording, _generation = recording.Generation };
        Ambient.Value = holder;
        return holder;
    }

    /// <summary>Makes the recording that of the current flow again, or none.</summary>
    public static void Restore(AmbientHolder? holder) => Ambient.Value = holder;

    public static AmbientHolder? CurrentHolder => Ambient.Value;

    /// <summary>Empties the holder for everybody who still has it.</summary>
    public void Leave() => _recording = null;
}
