namespace FlightRecorder;

/// <summary>Who made a request.</summary>
/// <param name="Id">The actor's id, or null for nobody known.</param>
/// <param name="Role">The actor's role, if one is known.</param>
public sealed record RequestActor(string? Id, string? Role = null)
{
    /// <summary>The actor's e-mail address; redacted unless its name is revealed in the options.</summary>
    public string? Email { get; init; }

    /// <summary>Further facts, name to value; redacted by name as any other part of a recording.</summary>
    public IReadOnlyDictionary<string, string>? Extra { get; init; }
}
