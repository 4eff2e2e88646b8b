using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>Which map holds for route values, query and headers.</summary>
internal static class ParameterMap
{
    /// <summary>The plan's; null where the plan marks none. Without a plan the parameters are unknown, which fails closed.</summary>
    public static RedactionMap? Of(ActiveRecording recording) => recording.Plan is { } plan ? plan.Parameters : RedactionMap.Unknown;

    /// <summary>The rules of the request's headers; null where the handler marks none.</summary>
    public static CompiledMap? OfHeaders(ActiveRecording recording, RedactionRules rules)
        => recording.Plan is { Headers.Length: > 0 } plan ? rules.For(plan.Parameters, RedactionPlace.Header) : null;
}

/// <summary>The rule for the data of a timeline entry.</summary>
internal static class MarkRule
{
    /// <summary>A mark named like a secret hides its detail: <c>Mark("password", value)</c>.</summary>
    public static MemberAction Of(in TimelineEntry entry, RedactionRules rules)
        => entry is { Type: TimelineTypes.Mark, Detail: { } what } ? rules.Unknown.Find(what) : MemberAction.Show(rules.Unknown);
}
