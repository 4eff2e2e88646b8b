namespace FlightRecorder;

/// <summary>The handler of a request.</summary>
public sealed record RecordedEndpoint
{
    /// <summary>Its name, as a person says it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its file and line relative to the repository root, or null when unknown.</summary>
    public string? Location { get; init; }
}
