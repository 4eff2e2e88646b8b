using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using FlightRecorder.Tests.Support.PostgreSql;

namespace FlightRecorder.Tests.PostgreSql.Shipping;

/// <summary>Backends that die in the middle, shippers that die without a word: what the journal has is in PostgreSQL exactly once.</summary>
public sealed class ChaosTests
{
    private const int Rounds = 25;
    private const int PerRound = 200;

    [Test]
    public async Task Backends_killed_while_they_copy_lose_and_double_nothing()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.MaxBatchBytes = 64 * 1024);
        var random = new Random(8);
        for (int round = 0; round < Rounds; round++)
        {
            Append(rig, round);
            await using Shipper shipper = rig.NewShipper();
            using var over = new CancellationTokenSource();
            Task<int> killing = BackendKiller.RunAsync(rig.ConnectionString, TimeSpan.FromMilliseconds(random.Next(1, 30)), over.Token);
            bool shipped = false;
            for (int attempt = 0; attempt < 100 && !shipped; attempt++)
            {
                shipped = await shipper.TryShipAsync(CancellationToken.None);
                if (attempt == 5)
                {
                    await over.CancelAsync();
                }
            }

            await over.CancelAsync();
            await killing;
            Assert.That(shipped, Is.True, shipper.State.Trouble);
            await AssertExactlyOnceAsync(rig, round);
        }
    }

    [Test]
    public async Task Shippers_given_up_at_any_moment_lose_and_double_nothing()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.MaxBatchBytes = 64 * 1024);
        var random = new Random(9);
        for (int round = 0; round < Rounds; round++)
        {
            Append(rig, round);
            await using (Shipper doomed = rig.NewShipper())
            {
                using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 60)));
                await doomed.TryShipAsync(end.Token);
            }

            await rig.ShipAgainAsync();
            await AssertExactlyOnceAsync(rig, round);
        }
    }

    [Test]
    public async Task A_server_killed_and_started_again_has_everything_exactly_once()
    {
        await using var server = new RestartableServer();
        using var journal = new JournalDirectory();
        for (int round = 0; round < 4; round++)
        {
            await server.StartAsync();
            await using StoreRig rig = StoreRig.Over(server.ConnectionString, options => options.MaxBatchBytes = 64 * 1024);
            File.WriteAllBytes(journal.File($"20261120T080000-9f3a11c2d4e5f607-{round + 1:D4}.jsonl"), Lines(round));
            await using var shipper = new Shipper(journal.Path, rig.Connections, rig.Log);
            Task<bool> shipping = Task.Run(() => shipper.TryShipAsync(CancellationToken.None));
            await Task.WhenAny(shipping, Task.Delay(TimeSpan.FromMilliseconds(round * 30)));
            await server.KillAsync();
            await shipping;
        }

        await server.StartAsync();
        await using StoreRig after = StoreRig.Over(server.ConnectionString);
        await using var last = new Shipper(journal.Path, after.Connections, after.Log);
        await last.ShipAsync(CancellationToken.None);
        await AssertExactlyOnceAsync(after, round: 3);
    }

    private static void Append(StoreRig rig, int round)
        => rig.Journal.Write($"20261120T080000-9f3a11c2d4e5f607-{round + 1:D4}.jsonl", Lines(round));

    private static byte[] Lines(int round) => ChaosLines.Of(round, PerRound);

    private static async Task AssertExactlyOnceAsync(StoreRig rig, int round)
        => Assert.That(await StoredCounts.ReadAsync(rig.ConnectionString), Is.EqualTo(ChaosLines.Counts((round + 1) * PerRound)), $"round {round}");
}
