namespace FlightRecorder;

/// <summary>
/// A rule for endpoints whose source is not at hand, given to <c>.Record(…)</c>. All its conditions must hold. It means the
/// same as <see cref="RecordAttribute"/>, but is evaluated at run time, and body types are unknown: redaction fails closed.
/// </summary>
public sealed class RecordRule
{
    /// <summary>HTTP methods to record, compared without case. Default: all.</summary>
    public IList<string>? Methods { get; set; }

    /// <summary>A glob over the request path: <c>*</c> is one segment or a part of one, <c>**</c> any number of segments. Default: all paths.</summary>
    public string? Route { get; set; }

    /// <summary>A request header that must be present. Default: none.</summary>
    public string? Header { get; set; }

    /// <summary>Values <see cref="Header"/> may have, compared exactly. Default: any value.</summary>
    public IList<string>? HeaderValues { get; set; }

    /// <summary>Ids of the actors to record; judged at the end of the request, when authentication has run. Default: all.</summary>
    public IList<string>? Actors { get; set; }

    /// <summary>The share of requests to record, 0 to 1. Default: 1.</summary>
    public double SampleRate { get; set; } = 1;

    /// <summary>When a captured request is kept. Default: <see cref="KeepWhen.Always"/>.</summary>
    public KeepWhen Keep { get; set; }

    /// <summary>From how many milliseconds on a request counts as slow for <see cref="KeepWhen.Slow"/>, 0 to 3 600 000. Default: 1000.</summary>
    public int SlowMilliseconds { get; set; } = 1000;

    /// <summary>Which bodies are recorded. Default: <see cref="FlightRecorder.Bodies.Default"/>, as the options say.</summary>
    public Bodies Bodies { get; set; }

    /// <summary>A further condition; an exception counts as no, and is counted. Default: none.</summary>
    public Func<RequestFacts, bool>? Filter { get; set; }

    internal void Validate()
    {
        const KeepWhen All = KeepWhen.Error | KeepWhen.ClientError | KeepWhen.Slow | KeepWhen.Mutation;
        var checks = new OptionChecks();
        Texts("Record:Methods", Methods, checks);
        Texts("Record:HeaderValues", HeaderValues, checks);
        Texts("Record:Actors", Actors, checks);
        Optional("Record:Route", Route, checks);
        Optional("Record:Header", Header, checks);
        checks.Range("Record:SlowMilliseconds", SlowMilliseconds, 0, 3_600_000);
        checks.Defined("Record:Bodies", Bodies);
        if (!(SampleRate >= 0 && SampleRate <= 1))
        {
            checks.Fail("Record:SampleRate", SampleRate, "0 to 1");
        }

        if ((Keep & ~All) != 0)
        {
            checks.Fail("Record:Keep", Keep, "Always, or any of Error, ClientError, Slow, Mutation");
        }

        if (HeaderValues is { Count: > 0 } && Header is null)
        {
            checks.Fail("Record:HeaderValues", string.Join(", ", HeaderValues), "values only together with Header");
        }

        checks.ThrowIfAny();
    }

    private static void Optional(string key, string? value, OptionChecks checks)
    {
        if (value is not null)
        {
            checks.Text(key, value, 1, 1024);
        }
    }

    private static void Texts(string key, IList<string>? values, OptionChecks checks)
    {
        for (int i = 0; i < (values?.Count ?? 0); i++)
        {
            checks.Text($"{key}:{i}", values![i], 1, 1024);
        }
    }
}
