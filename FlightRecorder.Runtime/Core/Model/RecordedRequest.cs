namespace FlightRecorder;

/// <summary>The request of a recording.</summary>
public sealed record RecordedRequest
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "";

    /// <summary>The path without query string, with redacted route values.</summary>
    public string Path { get; init; } = "";

    /// <summary>The route template, or null.</summary>
    public string? Route { get; init; }

    /// <summary>Query values by name.</summary>
    public IReadOnlyDictionary<string, string[]> Query { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Route values by name.</summary>
    public IReadOnlyDictionary<string, string[]> Params { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Allowed headers by name.</summary>
    public IReadOnlyDictionary<string, string[]> Headers { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The body.</summary>
    public RecordedBody Body { get; init; } = new();
}
