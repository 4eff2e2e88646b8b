using FlightRecorder.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.Tests.Core.Hosting;

[NonParallelizable]
public sealed class StartReportTests
{
    [Test]
    public async Task The_start_says_once_what_is_redacted_and_where_recordings_go()
    {
        using var rig = new WorkerRig(configure: builder => builder.Services.AddFlightRecorderCore(o => o.Journal.Directory = "data/flight"));
        await rig.Worker.StartAsync();

        HostLogLine line = rig.Log.Of(5).Single();
        Assert.Multiple(() =>
        {
            Assert.That(line.Level, Is.EqualTo(LogLevel.Information));
            Assert.That(line.Text, Does.StartWith("FlightRecorder is on: operations are recorded, ").And.EndWith($"recordings go to the journal ({rig.Root}/data/flight)."));
            Assert.That(line.Values, Does.ContainKey("Members").And.ContainKey("Types"));
            Assert.That(line.Values["Place"], Is.EqualTo(Path.Combine(rig.Root, "data", "flight")));
            Assert.That(rig.Log.Of(4), Is.Empty, "there are no endpoints to count");
        });
        await rig.Worker.StopAsync();
    }

    [Test]
    public async Task It_says_that_recording_is_switched_off()
    {
        using var rig = new WorkerRig(o => o.Enabled = false);
        await rig.Worker.StartAsync();

        Assert.That(rig.Log.Of(5).Single().Text, Does.StartWith("FlightRecorder is switched off (Enabled is false): "));
        await rig.Worker.StopAsync();
    }

    [Test]
    public async Task Other_stores_are_named()
    {
        using var memory = new WorkerRig(configure: builder => builder.Services.AddFlightRecorderCore().UseMemoryStore());
        using var own = new WorkerRig(configure: builder => builder.Services.AddFlightRecorderCore().UseStore<OwnStore>());
        await memory.Worker.StartAsync();
        await own.Worker.StartAsync();

        Assert.Multiple(() =>
        {
            Assert.That(memory.Log.Of(5).Single().Values["Store"], Is.EqualTo("memory"));
            Assert.That(own.Log.Of(5).Single().Values["Store"], Is.EqualTo("OwnStore"));
        });
    }

    [Test]
    public async Task A_census_that_throws_does_not_stop_the_start()
    {
        using var rig = new WorkerRig(configure: builder => builder.Services.AddSingleton<IEndpointCensus, BrokenCensus>());
        await rig.Worker.StartAsync();

        Assert.Multiple(() =>
        {
            Assert.That(rig.Log.Of(4), Is.Empty);
            Assert.That(rig.Log.Of(1).Single().Text, Does.Contain("start report"));
        });
        await rig.Worker.StopAsync();
    }

    [Test]
    public void Members_count_once_a_type_however_often_it_is_reached()
    {
        var card = new RedactionMap("Card", "Shop/Card.cs:3");
        card.Define(MemberRule.Hidden("Number", RedactMode.Last4), MemberRule.Hidden("Cvv", RedactMode.Mask), MemberRule.Shown("Token"), MemberRule.Of("Next", card));
        RedactionMap row = new RedactionMap("Card", "Shop/Card.cs:3").Define(MemberRule.Hidden("number", RedactMode.Mask));
        RedactionMap order = new RedactionMap("Order", "Shop/Order.cs:5").Define(MemberRule.Of("Card", card));
        RedactionMap byName = new RedactionMap("Cards", null).DefineValues(card);
        RedactionMap secret = new RedactionMap("Secret", "Shop/Secret.cs:1").DefineWhole(RedactMode.Remove);
        var redacted = new RedactedMembers(
        [
            new GeneratedAssembly { Anchor = typeof(string), GeneratorVersion = "", Maps = [new(typeof(int), order), new(typeof(long), row), new(typeof(byte), card)] },
            new GeneratedAssembly { Anchor = typeof(int), GeneratorVersion = "", Maps = [new(typeof(int), byName), new(typeof(char), secret)] },
        ]);

        Assert.That((redacted.Count, redacted.Types), Is.EqualTo((3, 2)), "Card.Number, Card.Cvv and all of Secret");
    }

    private sealed class BrokenCensus : IEndpointCensus
    {
        public EndpointCount Count() => throw new InvalidOperationException("no endpoints");
    }

    private sealed class OwnStore : IRecordingStore
    {
        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => default;
    }
}
