using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FlightRecorder.Tests.Core.Hosting;

/// <summary>A worker on the generic host, from its first operation to what is on disk after its stop.</summary>
[NonParallelizable]
public sealed class WorkerTests
{
    [Test]
    public async Task Nested_operations_name_their_parent_and_keep_their_marks_apart()
    {
        using WorkerRig rig = await RunAsync(async _ =>
        {
            using (Flight.Begin("nightly import"))
            {
                Flight.Current?.Mark("file read", 2);
                for (int customer = 0; customer < 2; customer++)
                {
                    using (Flight.Begin("import customer"))
                    {
                        await Task.Yield();
                        Flight.Current?.Mark("customer", customer);
                    }
                }

                Flight.Current?.Mark("done");
            }
        });
        Recording[] recordings = await rig.OnDiskAsync(Journal(rig));
        Recording outer = recordings.Single(recording => recording.Endpoint?.Name == "nightly import");
        Recording[] inner = [.. recordings.Where(recording => recording.Endpoint?.Name == "import customer")];

        Assert.Multiple(() =>
        {
            Assert.That(Marks(outer), Is.EqualTo(new[] { "file read 2", "done" }));
            Assert.That(inner.Select(recording => Marks(recording).Single()), Is.EqualTo(new[] { "customer 0", "customer 1" }));
            Assert.That(inner.Select(recording => recording.Parent), Has.All.EqualTo(outer.Id.ToString()));
            Assert.That(recordings.Select(recording => recording.Kind), Has.All.EqualTo(RecordingKind.Operation));
            Assert.That(recordings.Select(recording => recording.Sequence), Is.EqualTo(new long[] { 1, 2, 3 }));
        });
    }

    [Test]
    public async Task Parallel_operations_do_not_see_each_other()
    {
        const int Count = 100;
        using WorkerRig rig = await RunAsync(_ => Task.WhenAll(Enumerable.Range(0, Count).Select(async number =>
        {
            using Operation operation = Flight.Begin("message");
            await Task.Yield();
            Flight.Current?.Mark("begun", number);
            await Task.Yield();
            Flight.Current?.Mark("ended", number);
        })));
        Recording[] recordings = await rig.OnDiskAsync(Journal(rig));

        Assert.Multiple(() =>
        {
            Assert.That(recordings, Has.Length.EqualTo(Count));
            Assert.That(recordings.Select(Marks), Has.All.Matches<string[]>(marks => marks.Length == 2 && marks[1] == marks[0].Replace("begun", "ended")));
            Assert.That(recordings.Select(recording => Marks(recording)[0]).Distinct().Count(), Is.EqualTo(Count));
            Assert.That(recordings.Select(recording => recording.Parent), Has.All.Null);
        });
    }

    [Test]
    public async Task Errors_tell_a_failed_operation_from_one_that_went_on()
    {
        using WorkerRig rig = await RunAsync(_ =>
        {
            using (Operation failed = Flight.Begin("failed"))
            {
                failed.Fail(new InvalidOperationException("no stock"));
            }

            using (Flight.Begin("went on"))
            {
                Flight.Current?.Error(new TimeoutException("first try"));
            }

            return Task.CompletedTask;
        });
        Recording[] recordings = await rig.OnDiskAsync(Journal(rig));

        Assert.Multiple(() =>
        {
            Assert.That(recordings.Select(recording => recording.Outcome), Is.EqualTo(new[] { RecordingOutcome.Failed, RecordingOutcome.Completed }));
            Assert.That(recordings.Select(recording => recording.Errors.Single().Message), Is.EqualTo(new[] { "no stock", "first try" }));
            Assert.That(recordings.Select(recording => recording.Errors.Single().Handled), Is.EqualTo(new[] { false, true }));
        });
    }

    [Test]
    public async Task An_operation_that_the_shutdown_cancels_is_on_disk_when_the_stop_returns()
    {
        var begun = new TaskCompletionSource();
        using var rig = Rig(async stopping =>
        {
            using Operation operation = Flight.Begin("endless");
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, stopping);
            }
            catch (OperationCanceledException cancelled)
            {
                operation.Fail(cancelled);
                throw;
            }
        });
        await rig.Worker.StartAsync();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await rig.Worker.StopAsync();
        Recording recording = (await rig.OnDiskAsync(Journal(rig))).Single();

        Assert.Multiple(() =>
        {
            Assert.That((recording.Endpoint!.Name, recording.Outcome), Is.EqualTo(("endless", RecordingOutcome.Failed)));
            Assert.That(recording.Errors.Single().Type, Does.EndWith(nameof(TaskCanceledException)));
        });
    }

    [Test]
    public async Task All_that_ended_is_stored_and_counted_when_the_stop_returns()
    {
        const int Count = 5000;
        using WorkerRig rig = await RunAsync(_ =>
        {
            for (int i = 0; i < Count; i++)
            {
                Flight.Begin("turn").Dispose();
            }

            return Task.CompletedTask;
        });

        string[] lines = [.. Directory.GetFiles(Journal(rig), "*.jsonl").SelectMany(File.ReadAllLines)];
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(Count));
            Assert.That((rig.Counters.Offered, rig.Counters.Stored, rig.Counters.InFlight), Is.EqualTo((Count, Count, 0)));
        });
    }

    [Test]
    public async Task Switched_off_a_worker_runs_and_nothing_is_recorded_until_it_is_switched_on()
    {
        var ran = new List<bool>();
        using var rig = Rig(_ => Task.CompletedTask, o => o.Enabled = false);
        await rig.Worker.StartAsync();
        ran.Add(Turn());
        rig.Worker.Services.GetRequiredService<FlightRecorderOptions>().Enabled = true;
        ran.Add(Turn());
        await rig.Worker.StopAsync();

        Assert.That(ran, Is.EqualTo(new[] { false, true }));
        Assert.That(await rig.OnDiskAsync(Journal(rig)), Has.Length.EqualTo(1));

        static bool Turn()
        {
            using Operation operation = Flight.Begin("turn");
            return Flight.Current is not null;
        }
    }

    [Test]
    public async Task A_stop_that_is_out_of_patience_does_not_fail_because_of_the_store()
    {
        using var rig = new WorkerRig(configure: builder => builder.Services.AddFlightRecorderCore().UseStore<StuckStore>());
        await rig.Worker.StartAsync();
        Flight.Begin("turn").Dispose();
        StuckStore store = rig.Worker.Services.GetRequiredService<StuckStore>();
        Assert.That(store.Entered.Wait(TimeSpan.FromSeconds(20)), Is.True);

        await Assert.ThatAsync(() => rig.Worker.StopAsync(new CancellationToken(canceled: true)), Throws.Nothing);
        store.Release.Set();
    }

    private static string[] Marks(Recording recording)
        => [.. recording.Timeline.Where(entry => entry.Type == "mark").Select(entry => $"{entry.Detail} {entry.Data}".Trim())];

    private static string Journal(WorkerRig rig) => Path.Combine(rig.Root, "flight");

    private static WorkerRig Rig(Func<CancellationToken, Task> work, Action<FlightRecorderOptions>? options = null)
        => new(options, builder => builder.Services.AddHostedService(_ => new Worker(work)));

    private static async Task<WorkerRig> RunAsync(Func<CancellationToken, Task> work)
    {
        WorkerRig rig = Rig(work);
        await rig.Worker.StartAsync();
        await ((Worker)rig.Worker.Services.GetServices<IHostedService>().Last()).ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
        await rig.Worker.StopAsync();
        return rig;
    }

    private sealed class Worker(Func<CancellationToken, Task> work) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            await work(stoppingToken);
        }
    }

    private sealed class StuckStore : IRecordingStore
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
        {
            Entered.Set();
            Release.Wait(CancellationToken.None);
            return default;
        }

        public ValueTask DisposeAsync() => default;
    }
}
