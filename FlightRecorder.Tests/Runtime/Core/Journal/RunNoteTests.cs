using System.Text.Json;
using FlightRecorder.Tests.Core.BlackBox;
using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>A run that stops in order says in its last line what became of everything.</summary>
[NonParallelizable]
public sealed class RunNoteTests
{
    [Test]
    public async Task The_last_line_of_a_run_has_its_counters_and_they_balance()
    {
        using var directory = new JournalDirectory();
        RingRig rig = await StartAsync(directory);
        for (int i = 0; i < 30; i++)
        {
            rig.Pass(error: i % 5 == 0 ? new InvalidOperationException("no stock") : null);
        }

        // One never ends; one line is longer than the queue.
        rig.Begin();
        rig.Pass(bodyBytes: 200_000, error: new InvalidOperationException("too long"));
        await rig.DisposeAsync();

        RunTotals totals = Totals(directory);
        RecorderCounters counters = rig.Counters;
        Assert.That((totals.Offered, totals.Stored, totals.InFlight), Is.EqualTo((32L, counters.Stored, 1L)));
        Assert.That(totals.Dropped, Is.EqualTo(new[] { KeyValuePair.Create("queue_full", 1L) }));
        Assert.That(totals.NotKept, Is.EqualTo(new[] { KeyValuePair.Create("no_trigger", 24L) }));
        Assert.That(totals.Offered, Is.EqualTo(totals.Stored + 1 + 24 + totals.InFlight));
    }

    [Test]
    public async Task The_line_keeps_to_the_schema_and_takes_the_next_number_of_the_run()
    {
        using var directory = new JournalDirectory();
        RingRig rig = await StartAsync(directory);
        rig.Pass(error: new InvalidOperationException("no stock"));
        await rig.DisposeAsync();

        byte[] line = LastLine(directory);
        Recording note = RecordingParser.TryRead(line)!;
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "journal-line.v1.schema.json")));
        using var document = JsonDocument.Parse(line);
        Assert.That(new JsonSchemaCheck(schema.RootElement).Failures(document.RootElement), Is.Empty);
        Assert.That((note.Kind, note.Run, note.Sequence, note.Endpoint!.Name), Is.EqualTo((RecordingKind.Note, rig.Recorder.Run.Id, 2L, "run stopped")));
    }

    [Test]
    public async Task No_list_has_it_and_none_is_written_where_nothing_was_offered()
    {
        using var directory = new JournalDirectory();
        await (await StartAsync(directory)).DisposeAsync();
        Assert.That(directory.Files, Is.Empty);

        RingRig rig = await StartAsync(directory);
        rig.Pass(error: new InvalidOperationException("no stock"));
        await rig.DisposeAsync();
        var reader = new JournalReader(directory.Path);
        Assert.That((await reader.ListAsync(new RecordingQuery())).Select(head => head.Sequence), Is.EqualTo(new long[] { 1 }));
        Assert.That(new JournalFollower(directory.Path, new JournalFilter(new RecordingQuery()), new JournalScan()).ReadWritten().Select(head => head.Sequence), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public async Task A_store_of_ones_own_does_not_get_it()
    {
        var store = new FakeStore();
        RingRig rig = await RingRig.StartAsync(store);
        rig.Pass(error: new InvalidOperationException("no stock"));
        await rig.DisposeAsync();

        Assert.That(store.Sequences, Is.EqualTo(new long[] { 1 }));
    }

    private static Task<RingRig> StartAsync(JournalDirectory directory)
        => RingRig.StartAsync(new JournalStore(new JournalOptions { Directory = directory.Path }, "/", NullLogger.Instance), options =>
        {
            options.BlackBox.RingBytes = 0;
            options.Queue.MaxBytes = 64 * 1024;
        });

    private static byte[] LastLine(JournalDirectory directory) => new JournalReader(directory.Path).ReadLines(new JournalScan()).First().Bytes.ToArray();

    private static RunTotals Totals(JournalDirectory directory)
    {
        JsonElement data = RecordingParser.TryRead(LastLine(directory))!.Timeline[0].Data;
        return RunTotals.Read(data);
    }
}
