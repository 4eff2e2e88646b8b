namespace FlightRecorder;

/// <summary>How a prompt is made.</summary>
public sealed record PromptOptions
{
    internal const int LeastChars = 2_000;
    internal const int MostChars = 1_000_000;

    /// <summary>A hard limit in characters, 2 000 to 1 000 000; what does not fit is cut by how much it tells, and named. Default: 24 000.</summary>
    public int MaxChars { get; init; } = 24_000;

    /// <summary>Earlier recordings that may explain this one; those that share a row with it are named. Default: none.</summary>
    public IReadOnlyList<Recording> Related { get; init; } = [];
}
