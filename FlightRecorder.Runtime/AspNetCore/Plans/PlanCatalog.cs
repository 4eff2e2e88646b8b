using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FlightRecorder.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.AspNetCore;

/// <summary>The plan of each endpoint: resolved when the endpoint is first seen, kept as long as the endpoint lives.</summary>
internal sealed class PlanCatalog
{
    private readonly ConditionalWeakTable<Endpoint, EndpointPlan> _plans = [];
    private readonly ConditionalWeakTable<Endpoint, EndpointPlan>.CreateValueCallback _resolve;
    private readonly ConcurrentDictionary<string, bool> _warned = [];
    private readonly bool _recordEverything;
    private readonly FaultGuard _guard;
    private readonly ILogger _logger;

    public PlanCatalog(bool recordEverything, FaultGuard guard, ILogger logger)
    {
        _recordEverything = recordEverything;
        _guard = guard;
        _logger = logger;
        _resolve = Resolve;
    }

    public EndpointPlan Find(Endpoint endpoint)
        => _plans.TryGetValue(endpoint, out EndpointPlan? plan) ? plan : _plans.GetValue(endpoint, _resolve);

    private EndpointPlan Resolve(Endpoint endpoint)
    {
        try
        {
            return Make(endpoint, new EndpointRules(endpoint.Metadata));
        }
        catch (Exception error)
        {
            _guard.Report("plan", error);
            return EndpointPlan.None;
        }
    }

    private EndpointPlan Make(Endpoint endpoint, EndpointRules rules)
    {
        if (endpoint.Metadata.GetMetadata<DoNotRecordAttribute>() is not null)
        {
            return EndpointPlan.None;
        }

        HandlerPlan? handler = PlanSearch.Find(endpoint.Metadata, rules.Attributes);
        bool compiled = handler is not null && (rules.Attributes.Count > 0 || !rules.HasRuntimeRules);
        RuntimeRule[] runtime = rules.Runtime(ownOnly: rules.Attributes.Count > 0);
        if (handler is null && rules.Attributes.Count > 0)
        {
            runtime = [.. rules.Attributes.Select(attribute => Uncompiled(endpoint, attribute)), .. runtime];
        }

        if (!compiled && runtime.Length == 0)
        {
            if (!_recordEverything)
            {
                return EndpointPlan.None;
            }

            runtime = [RuntimeRule.Always];
        }

        return new EndpointPlan
        {
            Handler = handler,
            UsesCompiledRules = compiled,
            Rules = runtime,
            Name = NameOf(endpoint),
            RequestBody = BodyMaps.Known(handler?.RequestBody) ?? BodyMaps.OfRequest(endpoint.Metadata),
            ResponseBody = BodyMaps.Known(handler?.ResponseBody) ?? BodyMaps.OfResponse(endpoint.Metadata),
        };
    }

    private RuntimeRule Uncompiled(Endpoint endpoint, RecordAttribute attribute)
    {
        if (_warned.TryAdd($"{attribute.File}:{attribute.Line}", true))
        {
            Warn(endpoint, attribute);
        }

        return RuntimeRule.Of(attribute);
    }

    private void Warn(Endpoint endpoint, RecordAttribute attribute)
    {
        if (attribute.Filter is { } filter)
        {
            WebLog.FilterWithoutPlan(_logger, endpoint.DisplayName, attribute.File, attribute.Line, filter.FullName);
        }
        else
        {
            WebLog.RuleWithoutPlan(_logger, endpoint.DisplayName, attribute.File, attribute.Line);
        }
    }

    private static string NameOf(Endpoint endpoint)
        => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action
            ? action.ControllerTypeInfo.Name + "." + action.MethodInfo.Name
            : endpoint.DisplayName ?? "";
}
