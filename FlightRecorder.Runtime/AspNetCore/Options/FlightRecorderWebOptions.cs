using FlightRecorder.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace FlightRecorder;

/// <summary>What the recorder does in an ASP.NET Core host.</summary>
/// <remarks>Values are checked at start and stay for the whole run; only <see cref="FlightRecorderOptions.Enabled"/> and additions to <see cref="RedactionOptions.Names"/> take effect while running.</remarks>
public sealed class FlightRecorderWebOptions : FlightRecorderOptions
{
    /// <summary>Whether endpoints without a rule are recorded too; <see cref="DoNotRecordAttribute"/> still wins. Default: false.</summary>
    public bool RecordEverything { get; set; }

    /// <summary>
    /// A further condition that every request to record must meet; see <see cref="RecordFilter"/>. Reading the actor defers the
    /// judgement to the end of the request. An exception counts as no. Default: none.
    /// </summary>
    public Func<RequestFacts, bool>? ShouldRecord { get; set; }

    /// <summary>
    /// The request headers that are stored; a name that ends in <c>*</c> is a prefix. The values of Authorization and Cookie are
    /// never stored. Default: user-agent, content-type, x-request-id, traceparent.
    /// </summary>
    public IList<string> RequestHeaders { get; set; } = ["user-agent", "content-type", "x-request-id", "traceparent"];

    /// <summary>
    /// The response headers that are stored; a name that ends in <c>*</c> is a prefix. The value of Set-Cookie is never stored.
    /// Default: content-type, cache-control, etag, location, retry-after, access-control-*, x-request-id.
    /// </summary>
    public IList<string> ResponseHeaders { get; set; } =
        ["content-type", "cache-control", "etag", "location", "retry-after", "access-control-*", "x-request-id"];

    /// <summary>How much of each body is stored, in bytes, 0 to 16 MiB. Default: 32 KiB.</summary>
    public int MaxBodyBytes { get; set; } = 32 * 1024;

    /// <summary>Which bodies are stored where a rule does not say. Default: <see cref="FlightRecorder.Bodies.Both"/>.</summary>
    public Bodies Bodies { get; set; } = Bodies.Both;

    /// <summary>
    /// How many requests a minute may be recorded by a rule with a <see cref="RecordAttribute.Header"/>, 1 to 1 000 000: whoever sends the
    /// header cannot fill the journal. Further ones are recorded only when another rule holds for them. Default: 1000.
    /// </summary>
    public int HeaderRecordingsPerMinute { get; set; } = 1000;

    /// <summary>
    /// The request header that carries the request id. A value that is longer than 128 characters or not printable ASCII is
    /// ignored; the server's own identifier takes its place. Default: x-request-id.
    /// </summary>
    public string RequestIdHeader { get; set; } = "x-request-id";

    /// <summary>
    /// Tells who made the request; called once, at its end. An exception is counted and means nobody. Default: the
    /// NameIdentifier and Role claims of the user.
    /// </summary>
    public Func<HttpContext, RequestActor?> Actor { get; set; } = ClaimsActor.Read;

    internal override void Validate(OptionChecks checks)
    {
        base.Validate(checks);
        checks.Range("MaxBodyBytes", MaxBodyBytes, 0, 16 * 1024 * 1024);
        checks.Defined("Bodies", Bodies);
        checks.Range("HeaderRecordingsPerMinute", HeaderRecordingsPerMinute, 1, 1_000_000);
        HeaderNames.Check("RequestIdHeader", RequestIdHeader, allowPrefix: false, checks);
        HeaderNames.Check("RequestHeaders", RequestHeaders, checks);
        HeaderNames.Check("ResponseHeaders", ResponseHeaders, checks);
        if (Actor is null)
        {
            checks.Fail("Actor", null, "a function; one that returns null for nobody");
        }
    }
}
