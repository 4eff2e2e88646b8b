using FlightRecorder;
using FlightRecorder.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Marks endpoints whose source is not at hand.</summary>
public static class FlightRecorderEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Records the requests of the endpoint or of all endpoints of the group. The nearest rule wins: an endpoint's own replaces
    /// its group's, an inner group's an outer one's; of several at one place any may hold. Body types are unknown: redaction fails closed.
    /// </summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="configure">The conditions; none records every request.</param>
    /// <exception cref="FlightRecorderConfigurationException">The rule is wrong; the message names the key, the value and what is allowed.</exception>
    public static TBuilder Record<TBuilder>(this TBuilder builder, Action<RecordRule>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var rule = new RecordRule();
        configure?.Invoke(rule);
        rule.Validate();
        var metadata = new RuleMetadata(builder, builder is RouteHandlerBuilder, new RuntimeRule(rule));
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }

    /// <summary>Keeps the endpoint or all endpoints of the group out of every recording; wins over every rule.</summary>
    public static TBuilder DoNotRecord<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(static endpoint => endpoint.Metadata.Add(new DoNotRecordAttribute()));
        return builder;
    }
}
