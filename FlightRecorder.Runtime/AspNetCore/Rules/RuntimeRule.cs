using FlightRecorder.CompilerServices;

namespace FlightRecorder.AspNetCore;

/// <summary>A rule whose conditions are evaluated at run time: of <c>.Record(…)</c>, of an attribute the generator did not see, or none at all.</summary>
internal sealed class RuntimeRule
{
    private readonly string[] _methods;
    private readonly string? _route;
    private readonly string? _header;
    private readonly string[] _headerValues;
    private readonly string[] _actors;
    private readonly double _sampleRate;
    private readonly Func<RequestFacts, bool>? _filter;

    public RuntimeRule(RecordRule rule)
    {
        _methods = [.. rule.Methods ?? []];
        _route = rule.Route;
        _header = rule.Header;
        _headerValues = [.. rule.HeaderValues ?? []];
        _actors = [.. rule.Actors ?? []];
        _sampleRate = rule.SampleRate;
        _filter = rule.Filter;
        Outcome = new RulePlan { Keep = rule.Keep, SlowMilliseconds = rule.SlowMilliseconds, Bodies = rule.Bodies, ByHeader = rule.Header is not null };
    }

    public RulePlan Outcome { get; }

    public static RuntimeRule Always { get; } = new(new RecordRule());

    /// <summary>An attribute's own conditions. Its filter type cannot be called without reflection: such a rule never holds, since nothing is captured that was not asked for.</summary>
    public static RuntimeRule Of(RecordAttribute attribute) => new(new RecordRule
    {
        Methods = attribute.Methods,
        Route = attribute.Route,
        Header = attribute.Header,
        HeaderValues = attribute.HeaderValues,
        Actors = attribute.Actors,
        SampleRate = attribute.SampleRate,
        Keep = attribute.Keep,
        SlowMilliseconds = attribute.SlowMilliseconds,
        Bodies = attribute.Bodies,
        Filter = attribute.Filter is null ? null : static _ => false,
    });

    // The actor comes last: asking for it defers the judgement, and the other conditions may settle it now.
    public bool Holds(in RequestFacts request)
        => (_methods.Length == 0 || Lists(_methods, request.Method, StringComparison.OrdinalIgnoreCase))
            && (_route is null || RouteGlob.IsMatch(_route, request.Path))
            && HasHeader(in request)
            && (_sampleRate >= 1 || request.Draw < _sampleRate)
            && (_filter is null || _filter(request))
            && (_actors.Length == 0 || (request.Actor?.Id is { } id && Lists(_actors, id, StringComparison.Ordinal)));

    private bool HasHeader(in RequestFacts request)
        => _header is null
            || (request.Header(_header) is { } value && (_headerValues.Length == 0 || Lists(_headerValues, value, StringComparison.Ordinal)));

    private static bool Lists(string[] values, string value, StringComparison comparison)
    {
        foreach (string listed in values)
        {
            if (string.Equals(listed, value, comparison))
            {
                return true;
            }
        }

        return false;
    }
}
