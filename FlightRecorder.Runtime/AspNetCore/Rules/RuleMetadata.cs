namespace FlightRecorder.AspNetCore;

/// <summary>A rule of <c>.Record(…)</c> in endpoint metadata. Conventions of outer groups are applied first, so the last one's level is the nearest.</summary>
/// <param name="level">The builder it was written on: several rules on one builder are one level.</param>
/// <param name="isOwn">Written on the endpoint itself, not on a group of endpoints.</param>
/// <param name="rule">The rule.</param>
internal sealed class RuleMetadata(object level, bool isOwn, RuntimeRule rule)
{
    public object Level { get; } = level;

    public bool IsOwn { get; } = isOwn;

    public RuntimeRule Rule { get; } = rule;

    public override string ToString() => "FlightRecorder rule";
}
