using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FlightRecorder.Tests.Core.Hosting;

[NonParallelizable]
public sealed class FlightRecorderServiceCollectionTests
{
    [Test]
    public async Task An_operation_in_a_worker_reaches_the_store_of_ones_own()
    {
        using IHost host = Build(services => services.AddFlightRecorderCore().UseStore<ListStore>());
        await host.StartAsync().ConfigureAwait(false);
        using (Flight.Begin("nightly import"))
        {
        }

        await host.StopAsync().ConfigureAwait(false);
        Assert.That(host.Services.GetRequiredService<ListStore>().Lines, Has.Count.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_line_carries_its_prompt_only_when_asked_to(bool store)
    {
        using IHost host = Build(services => services.AddFlightRecorderCore(o => o.StorePrompt = store).UseMemoryStore());
        await host.StartAsync().ConfigureAwait(false);
        Guid id;
        using (Operation operation = Flight.Begin("nightly import"))
        {
            id = operation.Recording!.Value.Id;
        }

        await host.StopAsync().ConfigureAwait(false);
        Recording? recording = await host.Services.GetRequiredService<IRecordingReader>().GetAsync(id).ConfigureAwait(false);
        Assert.That(recording?.Prompt, store ? Does.Contain("you have full read access to the repository").And.Contain("nightly import") : Is.Null);
    }

    [Test]
    public async Task Registering_twice_records_once_and_applies_both_actions()
    {
        using IHost host = Build(services =>
        {
            services.AddFlightRecorderCore(o => o.AppName = "first").UseStore<ListStore>();
            services.AddFlightRecorderCore(o => o.AppVersion = "1.2.3");
        });
        await host.StartAsync().ConfigureAwait(false);
        using (Flight.Begin("turn"))
        {
        }

        await host.StopAsync().ConfigureAwait(false);
        FlightRecorderOptions options = host.Services.GetRequiredService<FlightRecorderOptions>();
        Assert.Multiple(() =>
        {
            Assert.That(host.Services.GetRequiredService<ListStore>().Lines, Has.Count.EqualTo(1));
            Assert.That((options.AppName, options.AppVersion), Is.EqualTo(("first", "1.2.3")));
        });
    }

    [Test]
    public void A_wrong_option_stops_the_start_of_the_host()
    {
        using IHost host = Build(services => services.AddFlightRecorderCore(o => o.Queue.MaxBytes = 1).UseMemoryStore());
        Assert.That(() => host.StartAsync(), Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("FlightRecorder:Queue:MaxBytes is 1"));
    }

    [Test]
    public void A_memory_store_without_room_is_refused()
        => Assert.That(
            () => new ServiceCollection().AddFlightRecorderCore().UseMemoryStore(0),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("capacity is 0; allowed: 1 to 1000000"));

    [Test]
    public void The_reader_is_a_singleton_whatever_the_store()
    {
        using IHost memory = Build(services => services.AddFlightRecorderCore().UseMemoryStore());
        using IHost own = Build(services => services.AddFlightRecorderCore().UseStore<ListStore>());
        using IHost journal = Build(services => services.AddFlightRecorderCore());
        Assert.Multiple(() =>
        {
            Assert.That(memory.Services.GetService<IRecordingReader>(), Is.SameAs(memory.Services.GetService<IRecordingReader>()).And.InstanceOf<MemoryStore>());
            Assert.That(own.Services.GetService<IRecordingReader>(), Is.Not.Null);
            Assert.That(journal.Services.GetService<IRecordingReader>(), Is.InstanceOf<JournalReader>());
        });
    }

    private static IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure(builder.Services);
        return builder.Build();
    }

    private sealed class ListStore : IRecordingStore
    {
        public List<byte[]> Lines { get; } = [];

        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
        {
            Lines.AddRange(batch.Select(recording => recording.Line.ToArray()));
            return default;
        }

        public ValueTask DisposeAsync() => default;
    }
}
