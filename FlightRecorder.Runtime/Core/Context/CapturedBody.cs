using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>One body of a live recording: its bytes, and what is known about them.</summary>
internal sealed class CapturedBody
{
    public CaptureBuffer Buffer { get; } = new();

    public BodyState State { get; set; } = BodyState.None;

    public string? ContentType { get; set; }

    /// <summary>The redaction of a JSON body; null fails closed.</summary>
    public RedactionMap? Map { get; set; }

    /// <summary>The size by header, or -1; for bodies that were not, or not wholly, seen.</summary>
    public long DeclaredBytes { get; set; } = -1;

    public void Clear()
    {
        Buffer.Clear();
        State = BodyState.None;
        ContentType = null;
        Map = null;
        DeclaredBytes = -1;
    }
}
