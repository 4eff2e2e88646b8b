using FlightRecorder.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>The capture of one recorded request, from its match to its end. Lives in its <see cref="MatchFeature"/> and is used again with it.</summary>
internal sealed class RequestCapture
{
    private readonly BodySink _requestSink = new("request.body");
    private readonly BodySink _responseSink = new("response.body");
    private WebRecorder _web = null!;
    private HttpContext _context = null!;
    private MatchFeature _facts = null!;
    private EndpointPlan _plan = EndpointPlan.None;
    private Endpoint? _endpoint;
    private RulePlan? _rule;
    private bool _hasRouteValues;
    private bool _isPassedBy;
    private AmbientHolder? _holder;
    private AmbientHolder? _outer;
    private RequestTee? _requestTee;
    private ResponseTee? _responseTee;
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
        string path = facts.Path;
        string requestId = facts.RequestId;
        if (web.Recorder.Begin(RecordingKind.Request) is not { } active)
        {
            return false;
        }

        (_web, _context, _facts, _plan, _rule) = (web, context, facts, plan, facts.ActorAsked ? null : rule);
        try
        {
            active.Path = path;
            active.RequestId = requestId;
            ReadRequest(active);
            Tee(active);
            _outer = AmbientHolder.CurrentHolder;
            _holder = AmbientHolder.Enter(active);
            Active = active;
            return true;
        }
        catch (Exception error)
        {
            web.Guard.Report("match", error);
            Restore();
            web.Recorder.Discard(active);
            Forget();
            return false;
        }
    }

    /// <summary>Somebody downstream read the endpoint: the route values are set by now, and an asynchronous route policy may have lost the ambient recording.</summary>
    public void OnEndpointRead()
    {
        if (Active is null)
        {
            return;
        }

        ReadRouteValues(Active);
        AmbientHolder? current = AmbientHolder.CurrentHolder;
        if (current is null || (current == _outer && current != _holder))
        {
            AmbientHolder.Restore(_holder);
        }
    }

    /// <summary>The pipeline ran again for another endpoint, such as an error page: the recording stays that of the first.</summary>
    public void OnReexecuted(Endpoint endpoint)
        => Recording?.Append(new TimelineEntry { Type = "http.request.reexecuted", Detail = endpoint.DisplayName });

    /// <summary>Takes the recording out of the caller's flow; those that run on keep it.</summary>
    public void LeaveFlow()
    {
        if (_holder is not null && AmbientHolder.CurrentHolder == _holder)
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
            Restore();
            Complete(active, error);
            keep = JudgeAgain(active);
        }
        catch (Exception fault)
        {
            _web.Guard.Report("finish", fault);
            active.Handle.Append(new GapEntry("request", "the recorder failed: " + fault.GetType().Name));
        }

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
        active.Plan = _plan.Handler;
        active.Name = _plan.Name;
        active.Method = request.Method;
        active.Route = _facts.Route;
        RequestReader.Query(request, active.Query);
        _web.Settings.RequestHeaders.Copy(request.Headers, active.RequestHeaders);
        TraceIds.Copy(_context, active);
    }

    private void ReadRouteValues(ActiveRecording active)
    {
        if (!_hasRouteValues && _endpoint is not null)
        {
            _hasRouteValues = true;
            RequestReader.RouteValues(_context.Request, _endpoint, active.Params);
        }
    }

    private void Tee(ActiveRecording active)
    {
        IFeatureCollection features = _context.Features;
        HttpRequest request = _context.Request;
        if (features.Get<IHttpRequestLifetimeFeature>() is { } lifetime)
        {
            features.Set<IHttpRequestLifetimeFeature>(_abort = new AbortWatch(lifetime));
        }

        active.RequestBody.ContentType = request.ContentType;
        active.RequestBody.Map = _plan.RequestBody;
        active.ResponseBody.Map = _plan.ResponseBody;
        if (PassedBy(request) is { } why)
        {
            _isPassedBy = true;
            active.RequestBody.State = active.ResponseBody.State = BodyState.Skipped;
            active.Handle.Append(new GapEntry("request.body", why));
            active.Handle.Append(new GapEntry("response.body", why));
            return;
        }

        TeeRequest(active, request, features);
        TeeResponse(active, features);
    }

    private void TeeRequest(ActiveRecording active, HttpRequest request, IFeatureCollection features)
    {
        if (features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
        {
            return;
        }

        CapturedBody body = active.RequestBody;
        body.DeclaredBytes = request.ContentLength ?? -1;
        body.State = BodyState.Skipped;
        if (!Wants(Bodies.Request) || !BodyTypes.IsStored(request.ContentType))
        {
            return;
        }

        if (RequestReader.IsEncoded(request.Headers))
        {
            active.Handle.Append(new GapEntry("request.body", "content encoding"));
            return;
        }

        // The framework's own feature reads whatever Request.Body is; the server's is bound to its own body and needs a tee.
        IRequestBodyPipeFeature? pipe = features.Get<IRequestBodyPipeFeature>();
        pipe = pipe is RequestBodyPipeFeature ? null : pipe;
        IHttpRequestFeature feature = features.Get<IHttpRequestFeature>()!;
        _requestTee = new RequestTee(feature, pipe, _requestSink.Open(active, body, _web.Settings.MaxBodyBytes));
        feature.Body = _requestTee;
        if (pipe is not null)
        {
            features.Set<IRequestBodyPipeFeature>(_requestTee);
        }
    }

    private void TeeResponse(ActiveRecording active, IFeatureCollection features)
    {
        if (!Wants(Bodies.Response))
        {
            active.ResponseBody.State = BodyState.Skipped;
        }
        else if (features.Get<IHttpResponseBodyFeature>() is { } inner)
        {
            BodyTap tap = _responseSink.Open(active, active.ResponseBody, _web.Settings.MaxBodyBytes);
            features.Set<IHttpResponseBodyFeature>(_responseTee = new ResponseTee(inner, _context.Response, tap));
        }
    }

    // Streams of frames in both directions: nothing of them is a body.
    private string? PassedBy(HttpRequest request)
    {
        if (BodyTypes.IsGrpc(request.ContentType))
        {
            return "gRPC";
        }

        bool isConnect = HttpMethods.IsConnect(request.Method) || _context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        return isConnect ? "upgraded connection" : null;
    }

    private bool Wants(Bodies body)
        => _rule is { } rule ? EndpointPlan.Wants(_web.Settings.Resolve(rule.Bodies), body) : _plan.MayWant(body, _web.Settings);

    private void Restore()
    {
        _requestTee?.Restore(_context.Features);
        _responseTee?.Restore(_context.Features);
        _abort?.Restore(_context.Features);
        _responseTee?.Decide();
        _requestSink.Close();
        _responseSink.Close();
    }

    private void Complete(ActiveRecording active, Exception? error)
    {
        ReadRouteValues(active);
        bool aborted = _abort is { IsAborted: true } || _requestTee is { Broke: true } || (error is not null && Outcomes.IsBrokenConnection(error));
        HttpResponse response = _context.Response;
        active.Status = Outcomes.Status(response, aborted, error);
        active.Outcome = Outcomes.Of(aborted, error, active.Status);
        _web.Settings.ResponseHeaders.Copy(response.Headers, active.ResponseHeaders);
        AddErrors(active, error);
        CompleteBodies(active, response, aborted || (error is not null && response.HasStarted));
        _facts.Actor = active.Actor = ReadActor();
    }

    private void AddErrors(ActiveRecording active, Exception? error)
    {
        if (_context.Features.Get<IExceptionHandlerFeature>()?.Error is { } handled)
        {
            active.Handle.Append(handled, handled: true);
        }

        if (error is not null)
        {
            active.Handle.Append(error, handled: false);
        }
    }

    private void CompleteBodies(ActiveRecording active, HttpResponse response, bool endedEarly)
    {
        if (_requestTee is not null && !_requestSink.HasFailed)
        {
            active.RequestBody.State = Outcomes.OfRequest(_requestTee, active.RequestBody);
        }

        CapturedBody body = active.ResponseBody;
        body.ContentType = response.ContentType;
        body.DeclaredBytes = response.ContentLength ?? -1;
        if (response.StatusCode == StatusCodes.Status101SwitchingProtocols && !_isPassedBy)
        {
            active.Handle.Append(new GapEntry("response.body", "upgraded connection"));
        }

        if (_responseTee is null || _responseSink.HasFailed)
        {
            return;
        }

        if (_responseTee.Gap is { } gap)
        {
            active.Handle.Append(new GapEntry("response.body", gap));
        }

        body.State = Outcomes.OfResponse(body, active.Status, active.Method, endedEarly);
        if (_responseTee.IsSkipped && body.State is not BodyState.None)
        {
            body.State = BodyState.Skipped;
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
        _hasRouteValues = _isPassedBy = false;
        _holder = _outer = null;
        _requestTee = null;
        _responseTee = null;
        _abort = null;
    }
}
