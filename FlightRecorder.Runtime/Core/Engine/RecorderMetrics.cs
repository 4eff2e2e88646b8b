using System.Diagnostics.Metrics;

namespace FlightRecorder;

/// <summary>The counters of a recorder for whoever listens to the meter <c>FlightRecorder</c>. They are read when asked for; a request pays nothing.</summary>
internal sealed class RecorderMetrics : IDisposable
{
    public const string MeterName = "FlightRecorder";

    private readonly Meter _meter = new(MeterName);
    private readonly Recorder _recorder;

    public RecorderMetrics(Recorder recorder)
    {
        _recorder = recorder;
        RecorderCounters counters = recorder.Counters;
        Counter("recordings.offered", "{recording}", "Recordings that were begun.", () => counters.Offered);
        Counter("recordings.stored", "{recording}", "Recordings that the store has taken.", () => counters.Stored);
        _meter.CreateObservableCounter("flightrecorder.recordings.dropped", Dropped, "{recording}", "Recordings that were lost.");
        _meter.CreateObservableCounter("flightrecorder.recordings.not_kept", NotKept, "{recording}", "Recordings that nothing asked for.");
        Gauge("recordings.in_flight", "{recording}", "Recordings that are none of these yet, held ones among them.", () => counters.InFlight);
        Gauge("ring.recordings", "{recording}", "Recordings that the ring holds.", () => _recorder.Held);
        Gauge("ring.size", "By", "Bytes that the ring holds.", () => _recorder.HeldBytes);
        Gauge("queue.size", "By", "Bytes of lines that wait for the store.", () => _recorder.Queue.Bytes);
        Counter("late_writes", "{entry}", "Entries that came after the end of their recording.", () => counters.LateWrites);
        Counter("faults", "{fault}", "Failures of the recorder itself and of its store.", () => counters.Faults);
        Counter("header_refusals", "{request}", "Requests that a header asked to record beyond the budget of such.", () => counters.OverHeaderBudget);
    }

    public void Dispose() => _meter.Dispose();

    private void Counter(string name, string unit, string what, Func<long> read)
        => _meter.CreateObservableCounter("flightrecorder." + name, read, unit, what);

    private void Gauge(string name, string unit, string what, Func<long> read)
        => _meter.CreateObservableUpDownCounter("flightrecorder." + name, read, unit, what);

    private Measurement<long>[] Dropped()
        => Array.ConvertAll(CounterWords.Dropped, item => Of(_recorder.Counters.Dropped(item.Reason), item.Word));

    private Measurement<long>[] NotKept()
        => Array.ConvertAll(CounterWords.NotKept, item => Of(_recorder.Counters.NotKeptFor(item.Reason), item.Word));

    private static Measurement<long> Of(long count, string reason) => new(count, new KeyValuePair<string, object?>("reason", reason));
}
