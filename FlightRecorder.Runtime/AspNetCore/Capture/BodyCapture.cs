using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>The bodies of one recorded request: puts the tees in place, takes them away, and says what they saw. Used again with its request capture.</summary>
internal sealed class BodyCapture
{
    private readonly BodySink _requestSink = new("request.body");
    private readonly BodySink _responseSink = new("response.body");
    private RequestTee? _requestTee;
    private ResponseTee? _responseTee;
    private bool _isPassedBy;

    /// <summary>Whether the connection broke while the app was reading.</summary>
    public bool Broke => _requestTee is { Broke: true };

    /// <summary>Puts a tee on each body that is wanted and can be kept; what cannot be kept leaves a gap.</summary>
    public void Tee(HttpContext context, ActiveRecording active, EndpointPlan plan, in WantedBodies wanted)
    {
        IHeaderDictionary headers = context.Request.Headers;
        active.RequestBody.ContentType = headers.ContentType;
        active.RequestBody.Map = plan.RequestBody;
        active.ResponseBody.Map = plan.ResponseBody;
        if (PassedBy(active) is { } why)
        {
            _isPassedBy = true;
            active.RequestBody.State = active.ResponseBody.State = BodyState.Skipped;
            active.Handle.Append(new GapEntry("request.body", why));
            active.Handle.Append(new GapEntry("response.body", why));
            return;
        }

        TeeRequest(context.Features, headers, active, wanted.Request ? wanted.MaxBytes : -1);
        TeeResponse(context, active, wanted.Response ? wanted.MaxBytes : -1);
    }

    /// <summary>Ends the capture: what passes the tees from now on is nobody's.</summary>
    public void End()
    {
        try
        {
            _responseTee?.Decide();
        }
        finally
        {
            _requestSink.Close();
            _responseSink.Close();
        }
    }

    /// <summary>Puts the server's features back.</summary>
    public void Restore(IFeatureCollection features)
    {
        _requestTee?.Restore(features);
        _responseTee?.Restore(features);
    }

    /// <summary>Says how much of each body was seen.</summary>
    /// <param name="response">The response.</param>
    /// <param name="active">The recording, with its status set.</param>
    /// <param name="endedEarly">Whether the response broke off after it had started.</param>
    public void Complete(HttpResponse response, ActiveRecording active, bool endedEarly)
    {
        if (_requestTee is not null && !_requestSink.HasFailed)
        {
            active.RequestBody.State = Outcomes.OfRequest(_requestTee, active.RequestBody);
        }

        IHeaderDictionary headers = response.Headers;
        active.ResponseBody.ContentType = headers.ContentType;
        active.ResponseBody.DeclaredBytes = headers.ContentLength ?? -1;
        string? gap = _responseTee?.Gap;
        if (response.StatusCode == StatusCodes.Status101SwitchingProtocols && !_isPassedBy)
        {
            gap = "upgraded connection";
        }

        if (gap is not null)
        {
            active.Handle.Append(new GapEntry("response.body", gap));
        }

        if (_responseTee is not null && !_responseSink.HasFailed)
        {
            active.ResponseBody.State = Outcomes.OfResponse(_responseTee, active, endedEarly);
        }
    }

    /// <summary>Lets go of the request.</summary>
    public void Forget()
    {
        _requestTee = null;
        _responseTee = null;
        _isPassedBy = false;
    }

    // Streams of frames in both directions: nothing of them is a body.
    private static string? PassedBy(ActiveRecording active)
    {
        if (BodyTypes.IsGrpc(active.RequestBody.ContentType))
        {
            return "gRPC";
        }

        // An extended CONNECT (RFC 8441) has the method too.
        return HttpMethods.IsConnect(active.Method) ? "upgraded connection" : null;
    }

    private void TeeRequest(IFeatureCollection features, IHeaderDictionary headers, ActiveRecording active, int limit)
    {
        long? length = headers.ContentLength;

        // A length says that there is a body; a request that may be upgraded has none.
        if (length is not > 0
            && (features.Find<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || features.Find<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }))
        {
            return;
        }

        CapturedBody body = active.RequestBody;
        body.DeclaredBytes = length ?? -1;
        body.State = BodyState.Skipped;
        if (limit < 0 || !BodyTypes.IsStored(body.ContentType))
        {
            return;
        }

        if (RequestReader.IsEncoded(headers))
        {
            active.Handle.Append(new GapEntry("request.body", "content encoding"));
            return;
        }

        Install(features, _requestSink.Open(active, body, limit));
    }

    private void Install(IFeatureCollection features, BodyTap tap)
    {
        // The framework's own feature reads whatever Request.Body is; the server's is bound to its own body and needs a tee.
        IRequestBodyPipeFeature? pipe = features.Find<IRequestBodyPipeFeature>();
        pipe = pipe is RequestBodyPipeFeature ? null : pipe;
        IHttpRequestFeature feature = features.Find<IHttpRequestFeature>()!;
        _requestTee = new RequestTee(feature, pipe, tap);
        feature.Body = _requestTee;
        if (pipe is not null)
        {
            features.Put<IRequestBodyPipeFeature>(_requestTee);
        }
    }

    private void TeeResponse(HttpContext context, ActiveRecording active, int limit)
    {
        if (limit < 0)
        {
            active.ResponseBody.State = BodyState.Skipped;
        }
        else if (context.Features.Find<IHttpResponseBodyFeature>() is { } inner)
        {
            BodyTap tap = _responseSink.Open(active, active.ResponseBody, limit);
            context.Features.Put<IHttpResponseBodyFeature>(_responseTee = new ResponseTee(inner, context.Response, tap));
        }
    }
}

/// <summary>Which bodies a request's rules want, and how much of each.</summary>
internal readonly record struct WantedBodies(bool Request, bool Response, int MaxBytes);
