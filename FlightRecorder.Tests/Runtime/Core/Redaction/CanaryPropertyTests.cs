using System.Text;
using FlightRecorder.Tests.Core.BlackBox;
using FlightRecorder.Tests.Core.JournalLines;
using FlightRecorder.Tests.Core.Stores;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>A random secret, hidden in one place, written elsewhere in random places and forms: it is nowhere in what is written.</summary>
public class CanaryPropertyTests
{
    private const int Seeds = 7200;
    private const int Held = 600;
    private const int InTheAir = 100;

    [Test]
    public void A_canary_is_nowhere_in_the_line([Range(0, 5)] int part)
    {
        for (int seed = part * Seeds / 6; seed < (part + 1) * Seeds / 6; seed++)
        {
            var bench = new EncodingBench();
            var flight = new CanaryFlight(bench, seed);
            flight.AssertGone(bench.Line());
        }
    }

    [Test]
    public void A_canary_is_nowhere_in_the_prompt()
    {
        for (int seed = 0; seed < Held; seed++)
        {
            var bench = new EncodingBench();
            var flight = new CanaryFlight(bench, seed);
            string prompt = PromptWriter.Write(RecordingParser.TryRead(Encoding.UTF8.GetBytes(bench.Line()))!);
            Assert.That(flight.IsTelling && flight.Canary.IsIn(prompt), Is.False, $"{flight}\n{prompt}");
        }
    }

    [Test]
    public async Task A_canary_is_nowhere_in_what_the_ring_held_or_a_crash_took([Values] bool crashes)
    {
        var store = new FakeStore();
        await using RingRig rig = await RingRig.StartAsync(store, options => options.BlackBox.RingBytes = 64 * 1024 * 1024);
        var flights = new Dictionary<Guid, CanaryFlight>();
        for (int seed = 0; flights.Count < Held; seed++)
        {
            ActiveRecording recording = rig.Begin();
            var flight = new CanaryFlight(new EncodingBench(recording), seed);
            if (crashes && IsToldByItsEnd(recording))
            {
                rig.Recorder.Discard(recording);
                continue;
            }

            flights.Add(recording.Id, flight);
            if (crashes)
            {
                recording.AnnounceParams();
                rig.Recorder.Keep(recording.Take()!, Triggers.Crash, "uncaught");
            }
            else
            {
                rig.Recorder.End(recording, RingRig.OnlyErrors);
            }
        }

        rig.Recorder.Dump(Triggers.Manual, "why");
        await rig.Recorder.FlushAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(store.Lines, Has.Count.EqualTo(Held));
        foreach (byte[] line in store.Lines)
        {
            string json = Encoding.UTF8.GetString(line);
            flights[RecordingParser.TryRead(line.AsSpan(..^1))!.Id].AssertGone(json);
        }
    }

    [Test]
    public async Task A_canary_is_nowhere_in_the_slots()
    {
        await using var rig = new SlotRig();
        await rig.StartAsync();
        var flights = new List<CanaryFlight>();
        for (int seed = 0; seed < InTheAir; seed++)
        {
            flights.Add(new CanaryFlight(new EncodingBench(rig.Begin()), seed));
        }

        string slots = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Directory.GetFiles(rig.Die(), "*.slots").Single()));
        Assert.That(slots, Does.Contain("/orders/{id}"));
        foreach (CanaryFlight flight in flights.Where(flight => flight.IsTelling))
        {
            Assert.That(slots, Does.Not.Contain(flight.Canary.Text), flight.ToString());
        }
    }

    [Test]
    public void The_search_finds_every_form()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            Canary canary = Canary.Make(random, tokenOnly: false);
            foreach (string form in Canary.Forms)
            {
                Assert.That(canary.IsIn("x " + canary.As(form) + " y"), Is.True, form + ": " + canary.Text);
            }
        }
    }

    // Of a request in the air nobody knows the response's headers and the actor.
    private static bool IsToldByItsEnd(ActiveRecording recording) => recording.ResponseHeaders.Count > 0 || recording.Actor is not null;
}
