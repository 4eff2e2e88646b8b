namespace FlightRecorder.AspNetCore;

/// <summary>Whether the app named the recorder's place in the pipeline itself.</summary>
internal sealed class FlightWiring
{
    public bool IsPlaced { get; set; }
}
