using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlightRecorder.Testing;

/// <summary>
/// The requests of one test, told from those of others by their trace: one trace id for the test, a span id for each request
/// (W3C Trace Context). Safe for concurrent calls.
/// </summary>
internal sealed class TraceTrail
{
    private readonly ConcurrentDictionary<string, bool> _traces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, bool> _recordings = new();
    private int _requests;

    public TraceTrail()
    {
        TraceId = ActivityTraceId.CreateRandom().ToHexString();
        _traces[TraceId] = true;
    }

    public string TraceId { get; }

    /// <summary>How many requests were sent.</summary>
    public int Requests => Volatile.Read(ref _requests);

    // 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
    public string NextTraceParent()
    {
        Interlocked.Increment(ref _requests);
        return $"00-{TraceId}-{ActivitySpanId.CreateRandom().ToHexString()}-01";
    }

    /// <summary>Takes over the trace of a request that has one of its own.</summary>
    public void Adopt(string traceParent)
    {
        Interlocked.Increment(ref _requests);
        if (Split(traceParent) is { } ids)
        {
            _traces[ids.Trace] = true;
        }
    }

    public void Include(Guid recording) => _recordings[recording] = true;

    public bool Owns(RecordingSummary recording)
        => (recording.TraceId is { } trace && _traces.ContainsKey(trace)) || _recordings.ContainsKey(recording.Id);

    public static (string Trace, string Span)? Split(string traceParent)
        => traceParent.Split('-') is [_, { Length: 32 } trace, { Length: 16 } span, ..] ? (trace, span) : null;
}
