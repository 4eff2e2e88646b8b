using FlightRecorder.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// Stands in front of the request's endpoint feature: routing, in whichever mode, sets the endpoint through it, and that is
/// the moment of the match. Without a plan it takes itself out at once. Pooled, and the pool must not cost an unmarked request
/// a byte: the version tells a user of this object whether it still serves the same request.
/// </summary>
internal sealed class MatchFeature : RequestFactsSource, IEndpointFeature
{
    // By key, not by type argument: a generic interface call costs this path four times what the lookup does.
    private static readonly Type Feature = typeof(IEndpointFeature);

    private readonly RequestCapture _capture = new();
    private WebRecorder? _web;
    private HttpContext? _context;
    private IEndpointFeature? _inner;
    private Endpoint? _endpoint;
    private Endpoint? _matched;
    private string? _path;
    private string? _requestId;
    private int _version;

    public int Version => Volatile.Read(ref _version);

    /// <summary>The recording of the request, or null when there is none.</summary>
    public AmbientRecording? Recording => _capture.Recording;

    public Endpoint? Matched => _matched;

    /// <summary>Whether somebody took the endpoint away, as who handles an exception does before the pipeline runs again.</summary>
    public bool WasCleared { get; private set; }

    public override string Method => _capture.Active?.Method ?? _context!.Request.Method;

    public override string Path => _path ??= RequestReader.Path(_context!.Request);

    public override string? Route => (_matched as RouteEndpoint)?.RoutePattern.RawText;

    public override string RequestId => _requestId ??= RequestReader.RequestId(_context!, _web!.Settings.RequestIdHeader);

    /// <summary>The request's endpoint. Setting it is the match; reading it is where a lost ambient recording is found again.</summary>
    public Endpoint? Endpoint
    {
        get
        {
            _capture.OnEndpointRead();
            return Forwarded;
        }

        set
        {
            Forward(value);
            if (value is null || _web is not { } web)
            {
                WasCleared |= value is null;
                return;
            }

            if (_matched is null)
            {
                Match(web, value);
            }
            else if (!ReferenceEquals(_matched, value))
            {
                _capture.OnReexecuted(value);
            }
        }
    }

    /// <summary>Puts a feature in front of the request's own, unless the request needs none: it has one, had one, or its endpoint is known and has no plan.</summary>
    public static MatchFeature? Install(WebRecorder web, HttpContext context, out int version)
    {
        version = 0;
        object? current = context.Features[Feature];
        if (current is MatchFeature or EndedFeature)
        {
            return null;
        }

        var inner = (IEndpointFeature?)current;
        Endpoint? endpoint = inner?.Endpoint;
        if (endpoint is not null && !web.Plans.Find(endpoint).IsRecorded)
        {
            return null;
        }

        MatchFeature match = MatchPool.Rent();
        version = match.Version;
        match._web = web;
        match._context = context;
        match._inner = inner;
        context.Features[Feature] = match;
        if (endpoint is not null)
        {
            match.Match(web, endpoint);
        }

        return match;
    }

    public override string? Header(string name)
        => _context!.Request.Headers.TryGetValue(name, out StringValues values) && values.Count > 0 ? values.ToString() : null;

    /// <summary>Gives the caller of the middleware its own ambient recording back; the request goes on elsewhere.</summary>
    public void LeaveFlow() => _capture.LeaveFlow();

    /// <summary>Ends the request's stay, unless that happened already.</summary>
    public void Leave(int version, Exception? error)
    {
        if (Version != version)
        {
            return;
        }

        bool recorded = _capture.Active is not null;
        if (recorded)
        {
            _capture.Finish(error);
        }

        // An exception handler further out may run the pipeline again: it is still the same request.
        TakeOut(recorded && error is not null);
    }

    private Endpoint? Forwarded => _inner is null ? _endpoint : _inner.Endpoint;

    // A server without a feature of its own would have been given one by whoever set the endpoint.
    private PlainEndpointFeature? OwnFeature() => _endpoint is null ? null : new PlainEndpointFeature { Endpoint = _endpoint };

    private void Forward(Endpoint? endpoint)
    {
        if (_inner is not null)
        {
            _inner.Endpoint = endpoint;
        }
        else
        {
            _endpoint = endpoint;
        }
    }

    private void Match(WebRecorder web, Endpoint endpoint)
    {
        EndpointPlan plan = web.Plans.Find(endpoint);
        _matched = endpoint;
        if (!plan.IsRecorded || !TryCapture(web, plan))
        {
            TakeOut(ended: false);
        }
    }

    private bool TryCapture(WebRecorder web, EndpointPlan plan)
    {
        try
        {
            RulePlan? rule = web.Judge(plan, new RequestFacts(this));
            return (rule is not null || ActorAsked) && _capture.Start(web, _context!, this, plan, rule);
        }
        catch (Exception error)
        {
            web.Guard.Report("match", error);
            return false;
        }
    }

    private void TakeOut(bool ended)
    {
        IFeatureCollection features = _context!.Features;
        if (ReferenceEquals(features[Feature], this))
        {
            features[Feature] = ended ? new EndedFeature { Endpoint = Forwarded } : _inner ?? OwnFeature();
        }

        _web = null;
        _context = null;
        _inner = null;
        _endpoint = _matched = null;
        _path = _requestId = null;
        WasCleared = false;
        ResetFacts();
        Volatile.Write(ref _version, _version + 1);
        MatchPool.Return(this);
    }
}
