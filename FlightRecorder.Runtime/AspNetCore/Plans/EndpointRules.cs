using Microsoft.AspNetCore.Http;

namespace FlightRecorder.AspNetCore;

/// <summary>The rules in an endpoint's metadata, by level.</summary>
internal sealed class EndpointRules(EndpointMetadataCollection metadata)
{
    private readonly IReadOnlyList<RuleMetadata> _runtime = metadata.GetOrderedMetadata<RuleMetadata>();

    /// <summary>The attributes of the handler, its controller and base classes; the plan knows which of them count.</summary>
    public IReadOnlyList<RecordAttribute> Attributes { get; } = metadata.GetOrderedMetadata<RecordAttribute>();

    public bool HasRuntimeRules => _runtime.Count > 0;

    /// <summary>The rules of <c>.Record(…)</c> at the nearest level that has any.</summary>
    /// <param name="ownOnly">Whether the handler carries a rule itself, so that those of groups are replaced.</param>
    public RuntimeRule[] Runtime(bool ownOnly)
    {
        RuleMetadata[] own = [.. _runtime.Where(rule => rule.IsOwn)];
        if (own.Length > 0 || ownOnly || _runtime.Count == 0)
        {
            return [.. own.Select(rule => rule.Rule)];
        }

        object nearest = _runtime[^1].Level;
        return [.. _runtime.Where(rule => ReferenceEquals(rule.Level, nearest)).Select(rule => rule.Rule)];
    }
}
