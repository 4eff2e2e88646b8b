using Microsoft.AspNetCore.Http;

namespace FlightRecorder.AspNetCore;

/// <summary>The web options as requests use them: copied and resolved at start.</summary>
internal sealed class WebSettings(FlightRecorderWebOptions options)
{
    public bool RecordEverything { get; } = options.RecordEverything;

    public Func<RequestFacts, bool>? ShouldRecord { get; } = options.ShouldRecord;

    public Func<HttpContext, RequestActor?> Actor { get; } = options.Actor;

    public HeaderAllowList RequestHeaders { get; } = new(options.RequestHeaders, secret: ["authorization", "proxy-authorization", "cookie", "x-api-key"], usual: ["host"]);

    public HeaderAllowList ResponseHeaders { get; } = new(options.ResponseHeaders, secret: ["set-cookie"], usual: ["date", "server", "transfer-encoding"]);

    public string RequestIdHeader { get; } = options.RequestIdHeader;

    public int MaxBodyBytes { get; } = options.MaxBodyBytes;

    private readonly Bodies _bodies = options.Bodies is Bodies.Default ? Bodies.Both : options.Bodies;

    /// <summary>What a rule's word means under these options.</summary>
    public Bodies Resolve(Bodies rule) => rule is Bodies.Default ? _bodies : rule;
}
