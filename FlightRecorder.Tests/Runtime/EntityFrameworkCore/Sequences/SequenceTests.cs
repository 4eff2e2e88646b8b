using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Sequences;

/// <summary>The ledger against the rows that are there afterwards, over random sequences.</summary>
public sealed class SequenceTests : DatabaseTest
{
    private const int Sequences = 2000;

    // A failed sequence names its seed: FLIGHT_SEQUENCE=17 runs that one alone, 17-40 those.
    private static readonly string Seeds = Environment.GetEnvironmentVariable("FLIGHT_SEQUENCE") ?? FormattableString.Invariant($"1-{Sequences}");

    private readonly ConcurrentDictionary<MutationOutcome, int> _outcomes = new();
    private NpgsqlDataSource _source = null!;

    [OneTimeSetUp]
    public async Task CreateTruthAsync()
    {
        _source = NpgsqlDataSource.Create(ConnectionString);
        await using NpgsqlCommand command = _source.CreateCommand(Truth.Schema);
        await command.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _source.DisposeAsync();

    [Test]
    public async Task The_ledger_never_contradicts_the_rows()
    {
        long begun = Stopwatch.GetTimestamp();
        var wrong = new ConcurrentBag<string>();
        int[] ends = [.. Seeds.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        int[] seeds = [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)];
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (next, _) =>
        {
            if (await RunAsync(next) is { } failure)
            {
                wrong.Add(failure);
            }
        });

        TestContext.Out.WriteLine(FormattableString.Invariant($"{seeds.Length} sequences in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s: {Shares()}"));
        Assert.That(wrong, Is.Empty, $"{wrong.Count} wrong, the first ones:\n{string.Join("\n\n", wrong.Order().Take(3))}");
    }

    private async Task<string?> RunAsync(int seed)
    {
        var recorder = new RecorderUnderTest();
        await using var sequence = new RandomSequence(seed, ConnectionString + ";Options=-c lock_timeout=3000");
        await sequence.OpenAsync();
        RecordedOperation recorded = await recorder.RecordAsync(sequence.RunAsync);
        await sequence.DisposeAsync();
        foreach (MutationEntry mutation in recorded.Mutations)
        {
            _outcomes.AddOrUpdate(mutation.Outcome, 1, static (_, count) => count + 1);
        }

        List<string> wrong = await Truth.CompareAsync(_source, sequence.Marks, recorded);
        if (recorder.Recorder.Counters.Faults > 0)
        {
            wrong.Add(recorder.Log.ToString());
        }

        return wrong.Count == 0 ? null : $"seed {seed}:\n  {string.Join("\n  ", wrong)}\n  {sequence.Log}";
    }

    private string Shares()
    {
        double all = _outcomes.Values.Sum();
        return string.Join(", ", _outcomes.OrderBy(pair => pair.Key).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value} ({pair.Value / all:P1})")));
    }
}
