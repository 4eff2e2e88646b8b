using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;
using FlightRecorder.Tests.Core.Stores;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Random secrets, and what the recorder tells of itself: its log, its meter, and no activity of its own.</summary>
[NonParallelizable]
public sealed class CanaryTelemetryTests
{
    private const int Recordings = 60;

    private readonly HashSet<string> _told = [];
    private readonly HashSet<string> _reasons = [];
    private readonly List<string> _activities = [];

    [Test]
    public async Task A_canary_is_in_no_log_line_and_on_no_instrument_or_activity()
    {
        var log = new LogLines();
        var store = new FakeStore();
        List<Canary> canaries = [];
        using ActivityListener activities = Listen();
        using var caller = new Activity("request");
        caller.Start();
        var options = new FlightRecorderOptions { OnRecorded = _ => throw new InvalidOperationException(canaries[^1].As("plain"), new ArgumentException(canaries[^1].As("hex"))) };
        await using (var recorder = new Recorder(options, store, log))
        {
            store.Failure = batch => batch % 3 == 0 ? new IOException("refused " + canaries[^1].As("base64")) : null;
            await recorder.StartAsync(CancellationToken.None);
            for (int seed = 0; canaries.Count < Recordings; seed++)
            {
                await PassAsync(recorder, seed, canaries);
            }

            Measure();
            Assert.That(recorder.Counters.Faults, Is.GreaterThan(2));
        }

        Assert.That(log.All, Has.Count.GreaterThan(2));
        Assert.That(_reasons, Is.SubsetOf(CounterWords.Dropped.Select(item => item.Word).Concat(CounterWords.NotKept.Select(item => item.Word))));
        Assert.That(_activities, Is.Empty);
        var all = new Readings(string.Join('\n', [.. log.All, .. _told, .. caller.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"), .. caller.Baggage.Select(item => item.Value)]));
        foreach (Canary canary in canaries)
        {
            Assert.That(canary.IsIn(all), Is.False, canary.Text);
        }
    }

    // A part of each cannot be redacted, too, and says so with the canary.
    private static async Task PassAsync(Recorder recorder, int seed, List<Canary> canaries)
    {
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        var flight = new CanaryFlight(new EncodingBench(recording), seed);
        if (!flight.IsTelling)
        {
            recorder.Discard(recording);
            return;
        }

        canaries.Add(flight.Canary);
        recording.Append(recording.Generation, new MutationEntry { Source = "efcore", Operation = "insert", Map = BrokenMap.Make(flight.Canary.As("percent")), After = [[new("a", flight.Canary.Text)]] });
        recorder.End(recording, new RulePlan());
        await recorder.FlushAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity =>
            {
                if (activity.Source.Name.StartsWith("FlightRecorder", StringComparison.Ordinal))
                {
                    _activities.Add(activity.Source.Name);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private void Measure()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name.StartsWith("FlightRecorder", StringComparison.Ordinal))
                {
                    _told.Add($"{instrument.Meter.Name} {instrument.Meter.Version} {instrument.Name} {instrument.Unit} {instrument.Description}");
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                Assert.That(tag.Key, Is.EqualTo("reason"));
                _reasons.Add($"{tag.Value}");
                _told.Add($"{tag.Value}");
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.That(_reasons, Is.Not.Empty);
    }
}
