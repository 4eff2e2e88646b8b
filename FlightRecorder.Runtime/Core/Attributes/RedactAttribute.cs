namespace FlightRecorder;

/// <summary>
/// Hides a member, a parameter or all values of a type in every part of a recording: bodies, query, headers, rows, SQL
/// parameters, and wherever else the same value turns up.
/// </summary>
/// <param name="mode">How the value is hidden. Default: <see cref="RedactMode.Mask"/>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RedactAttribute(RedactMode mode = RedactMode.Mask) : Attribute
{
    /// <summary>How the value is hidden.</summary>
    public RedactMode Mode { get; } = mode;
}
