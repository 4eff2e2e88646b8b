namespace FlightRecorder;

/// <summary>The response of a recording.</summary>
public sealed record RecordedResponse
{
    /// <summary>The status code.</summary>
    public int Status { get; init; }

    /// <summary>Allowed headers by name.</summary>
    public IReadOnlyDictionary<string, string[]> Headers { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The body.</summary>
    public RecordedBody Body { get; init; } = new();
}
