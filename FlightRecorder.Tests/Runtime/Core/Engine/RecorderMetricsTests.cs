using System.Diagnostics.Metrics;
using FlightRecorder.Tests.Core.BlackBox;

namespace FlightRecorder.Tests.Core.Engine;

[NonParallelizable]
public sealed class RecorderMetricsTests
{
    [Test]
    public async Task The_meter_shows_every_counter_and_they_add_up()
    {
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 8 * 1024);
        for (int i = 0; i < 20; i++)
        {
            rig.Pass(error: i % 4 == 0 ? new InvalidOperationException("no stock") : null);
        }

        await rig.Recorder.FlushAsync();
        Dictionary<string, long> seen = Read();
        Assert.Multiple(() =>
        {
            Assert.That(seen["flightrecorder.recordings.offered"], Is.EqualTo(20));
            Assert.That(seen["flightrecorder.recordings.stored"], Is.EqualTo(5));
            Assert.That(seen["flightrecorder.recordings.not_kept/no_trigger"], Is.GreaterThan(0));
            Assert.That(seen["flightrecorder.ring.recordings"], Is.EqualTo(rig.Recorder.Held).And.GreaterThan(0));
            Assert.That(seen["flightrecorder.ring.size"], Is.InRange(1, 8 * 1024));
            Assert.That(
                seen.Where(pair => pair.Key.Contains("stored") || pair.Key.Contains("dropped/") || pair.Key.Contains("not_kept/") || pair.Key.Contains("in_flight")).Sum(pair => pair.Value),
                Is.EqualTo(20));
            Assert.That(seen.Keys, Is.SupersetOf(new[]
            {
                "flightrecorder.queue.size", "flightrecorder.late_writes", "flightrecorder.faults", "flightrecorder.header_refusals",
                "flightrecorder.recordings.dropped/queue_full", "flightrecorder.recordings.not_kept/error_storm",
            }));
        });
    }

    [Test]
    public async Task A_recorder_that_has_stopped_shows_nothing()
    {
        await using (RingRig rig = await RingRig.StartAsync())
        {
            rig.Pass();
        }

        Assert.That(Read(), Is.Empty);
    }

    private static Dictionary<string, long> Read()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "FlightRecorder")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string key = tags.Length == 0 ? instrument.Name : instrument.Name + "/" + tags[0].Value;
            seen[key] = seen.GetValueOrDefault(key) + value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
