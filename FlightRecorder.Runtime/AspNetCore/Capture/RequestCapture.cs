using FlightRecorder.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>The capture of one recorded request, from its match to its end. Lives in its <see cref="MatchFeature"/> and is used again with it.</summary>
internal sealed class RequestCapture
{
    private readonly BodyCapture _bodies = new();
    private WebRecorder _web = null!;
    private HttpContext _context = null!;
    private MatchFeature _facts = null!;
    private EndpointPlan _plan = EndpointPlan.None;
    private Endpoint? _endpoint;
    private RulePlan? _rule;
    private bool _hasRouteValues;
    private AmbientHolder? _holder;
    private AmbientHolder? _outer;
    private AbortWatch? _abort;

    /// <summary>The recording being made, or null.</summary>
    public ActiveRecording? Active { get; private set; }

    public AmbientRecording? Recording => Active?.Handle;

    /// <summary>Begins the recording and puts the tees in place. False when nothing is recorded now, or when beginning failed.</summary>
    /// <param name="web">The host's recorder.</param>
    /// <param name="context">The request.</param>
    /// <param name="facts">What filters may ask.</param>
    /// <param name="plan">The endpoint's plan.</param>
    /// <param name="rule">The rule that holds; null when that can only be judged at the end.</param>
    public bool Start(WebRecorder web, HttpContext context, MatchFeature facts, EndpointPlan plan, RulePlan? rule)
    {
        if (web.Recorder.Begin(RecordingKind.Request) is not { } active)
        {
            return false;
        }

        (_web, _context, _facts, _plan, _rule) = (web, context, facts, plan, facts.ActorAsked ? null : rule);
        try
        {
            ReadRequest(active);
            Tee(active);
            _outer = AmbientHolder.CurrentHolder;
            _holder = AmbientHolder.Enter(active, _outer);
            Active = active;
            if (_rule is not null)
            {
                active.Announce();
            }

            return true;
        }
        catch (Exception error)
        {
            web.Guard.Report("match", error);
            _bodies.End();
            Restore();
            web.Recorder.Discard(active);
            Forget();
            return false;
        }
    }

    /// <summary>Somebody downstream read the endpoint: the route values are set by now, and an asynchronous route policy may have lost the ambient recording.</summary>
    public void OnEndpointRead()
    {
        if (Active is not { } active)
        {
            return;
        }

        try
        {
            ReadRouteValues(active);
        }
        catch (Exception error)
        {
            // A route constraint may have put an object there whose text cannot be had.
            active.Recorder.Guard.Report("route values", error);
        }

        AmbientHolder? current = AmbientHolder.CurrentHolder;
        if (current is null || (current == _outer && current != _holder))
        {
            AmbientHolder.Restore(_holder);
        }
    }

    /// <summary>The pipeline ran again for another endpoint, such as an error page: the recording stays that of the first.</summary>
    public void OnReexecuted(Endpoint endpoint)
        => Recording?.Append(new TimelineEntry { Type = "http.request.reexecuted", Detail = endpoint.DisplayName });

    /// <summary>Gives the caller's flow its own recording back, where it had one; those that run on keep the request's.</summary>
    public void LeaveFlow()
    {
        // A caller without one may keep the holder: it is emptied at the end, and another change of the flow would cost 100 bytes.
        if (_outer is not null && AmbientHolder.CurrentHolder == _holder)
        {
            AmbientHolder.Restore(_outer);
        }
    }

    /// <summary>Ends the recording.</summary>
    /// <param name="error">The exception that leaves the pipeline, or null.</param>
    public void Finish(Exception? error)
    {
        ActiveRecording active = Active!;
        bool keep = true;
        try
        {
            LeaveFlow();
            _holder!.Leave();
            _bodies.End();
            Complete(active, error);
            keep = JudgeAgain(active);
        }
        catch (Exception fault)
        {
            _web.Guard.Report("finish", fault);
            active.Handle.Append(new GapEntry("request", "the recorder failed: " + fault.GetType().Name));

            // Where a condition waits for the actor it is now never judged, and nothing is kept that was not asked for.
            keep = _rule is not null;
        }

        TryRestore();
        RulePlan? rule = _rule;
        WebRecorder web = _web;
        Forget();
        if (keep)
        {
            web.Recorder.End(active, rule);
        }
        else
        {
            web.Recorder.Discard(active);
        }
    }

    private void ReadRequest(ActiveRecording active)
    {
        HttpRequest request = _context.Request;
        _endpoint = _facts.Matched;
        active.Path = _facts.Path;
        active.RequestId = _facts.RequestId;
        active.Plan = _plan.Handler;
        active.Name = _plan.Name;
        active.Method = request.Method;
        active.Route = _facts.Route;
        RequestReader.Query(request, active.Query);
        _web.Settings.RequestHeaders.Copy(request.Headers, active.RequestHeaders, active.UnlistedHeaders);
        if (_plan.Handler is { Headers: { Length: > 0 } marked })
        {
            RequestReader.Headers(request.Headers, marked, active.UnlistedHeaders);
        }

        TraceIds.Copy(_context, active);
        if (_rule is not null && active.Recorder.Slots is { } slots)
        {
            slots.Begin(active, _plan.Slot ??= new SlotEndpoint(_plan.Handler?.Name ?? _plan.Name, _plan.Handler?.Location, active.Route, ParameterMap.Of(active)));
        }
    }

    private void ReadRouteValues(ActiveRecording active)
    {
        if (!_hasRouteValues && _endpoint is not null)
        {
            _hasRouteValues = true;
            RequestReader.RouteValues(_context.Request, _endpoint, active.Params);
            active.AnnounceParams();
            if (active.Slot >= 0)
            {
                active.Recorder.Slots!.SetPath(active, _plan.Slot!, active.Recorder.Rules);
            }
        }
    }

    private void Tee(ActiveRecording active)
    {
        IFeatureCollection features = _context.Features;
        if (features.Find<IHttpRequestLifetimeFeature>() is { } lifetime)
        {
            features.Put<IHttpRequestLifetimeFeature>(_abort = new AbortWatch(lifetime));
        }

        _bodies.Tee(_context, active, _plan, new WantedBodies(Wants(Bodies.Request), Wants(Bodies.Response), _web.Settings.MaxBodyBytes));
    }

    private bool Wants(Bodies body)
        => _rule is { } rule ? EndpointPlan.Wants(_web.Settings.Resolve(rule.Bodies), body) : _plan.MayWant(body, _web.Settings);

    // Last: with each feature that changes, the framework looks all of those up again that it is asked for.
    private void Restore()
    {
        _abort?.Restore(_context.Features);
        _bodies.Restore(_context.Features);
    }

    private void TryRestore()
    {
        try
        {
            Restore();
        }
        catch (Exception fault)
        {
            _web.Guard.Report("finish", fault);
        }
    }

    private void Complete(ActiveRecording active, Exception? error)
    {
        ReadRouteValues(active);
        bool aborted = _abort is { IsAborted: true } || _bodies.Broke || (error is not null && Outcomes.IsBrokenConnection(error));
        HttpResponse response = _context.Response;
        active.Status = Outcomes.Status(response, aborted, error);
        active.Outcome = Outcomes.Of(aborted, error, active.Status);
        _web.Settings.ResponseHeaders.Copy(response.Headers, active.ResponseHeaders, active.UnlistedHeaders);
        AddErrors(active, error, aborted);
        _bodies.Complete(response, active, aborted || (error is not null && response.HasStarted));
        _facts.Actor = active.Actor = ReadActor();
    }

    private void AddErrors(ActiveRecording active, Exception? error, bool aborted)
    {
        // Of all features this is the dearest to look for, and there is none where nothing went wrong.
        if ((active.Status >= StatusCodes.Status400BadRequest || _facts.WasCleared) && _context.Features.Find<IExceptionHandlerFeature>()?.Error is { } handled)
        {
            active.Handle.Append(handled, handled: true);
        }

        // The app noticing that its client is gone is no failure of the app.
        if (error is not null && !(aborted && error is OperationCanceledException))
        {
            active.Handle.Append(error, handled: false);
        }
    }

    private RequestActor? ReadActor()
    {
        try
        {
            return _web.Settings.Actor(_context);
        }
        catch (Exception error)
        {
            _web.Guard.Report("actor", error);
            return null;
        }
    }

    // A condition asked for the actor, who is known only now.
    private bool JudgeAgain(ActiveRecording active)
    {
        if (_rule is not null)
        {
            return true;
        }

        _rule = _web.Judge(_plan, new RequestFacts(_facts));
        DropUnwanted(active.RequestBody, Bodies.Request);
        DropUnwanted(active.ResponseBody, Bodies.Response);
        return _rule is not null;
    }

    private void DropUnwanted(CapturedBody body, Bodies side)
    {
        if (_rule is not null && body.State is not BodyState.None && !Wants(side))
        {
            body.Buffer.Clear();
            body.State = BodyState.Skipped;
        }
    }

    private void Forget()
    {
        Active = null;
        (_web, _context, _facts) = (null!, null!, null!);
        _plan = EndpointPlan.None;
        _endpoint = null;
        _rule = null;
        _hasRouteValues = false;
        _holder = _outer = null;
        _abort = null;
        _bodies.Forget();
    }
}
