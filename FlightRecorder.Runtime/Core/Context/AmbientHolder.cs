namespace FlightRecorder;

/// <summary>
/// What flows with the execution context. One per recording and emptied at its end: a task that outlives the request keeps
/// the holder, and finds nothing in it.
/// </summary>
internal class AmbientHolder
{
    private static readonly AsyncLocal<AmbientHolder?> Ambient = new();

    private ActiveRecording? _recording;
    private readonly int _generation;

    private AmbientHolder(ActiveRecording recording) => (_recording, _generation) = (recording, recording.Generation);

    /// <summary>The recording of the current flow, or null.</summary>
    public static AmbientRecording? Current => Ambient.Value?.Recording;

    /// <summary>The recordings of the current flow, the innermost first: an operation may be part of a request, and handles its values.</summary>
    public static IEnumerable<AmbientRecording> Nested
    {
        get
        {
            for (AmbientHolder? holder = Ambient.Value; holder is not null; holder = (holder as InnerHolder)?.Outer)
            {
                if (holder.Recording is { } recording)
                {
                    yield return recording;
                }
            }
        }
    }

    public static AmbientHolder? CurrentHolder => Ambient.Value;

    private AmbientRecording? Recording => _recording is { } recording ? new AmbientRecording(recording, _generation) : null;

    /// <summary>Makes the recording that of the current flow.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="outer">The holder of the flow so far. An emptied one is not kept: each request of a connection would hold on to the one before.</param>
    public static AmbientHolder Enter(ActiveRecording recording, AmbientHolder? outer)
    {
        AmbientHolder holder = outer?._recording is null ? new AmbientHolder(recording) : new InnerHolder(recording, outer);
        Ambient.Value = holder;
        return holder;
    }

    /// <summary>Makes the recording that of the current flow again, or none.</summary>
    public static void Restore(AmbientHolder? holder) => Ambient.Value = holder;

    /// <summary>Empties the holder for everybody who still has it.</summary>
    public void Leave()
    {
        _recording = null;
        if (this is InnerHolder inner)
        {
            inner.Outer = null;
        }
    }

    // Apart, so that a request, which is in no other, does not pay for the reference.
    private sealed class InnerHolder(ActiveRecording recording, AmbientHolder outer) : AmbientHolder(recording)
    {
        public AmbientHolder? Outer { get; set; } = outer;
    }
}
