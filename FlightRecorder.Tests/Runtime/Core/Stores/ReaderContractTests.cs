using FlightRecorder.Tests.Core.Journal;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Stores;

/// <summary>What every store that can be read back answers; run over each of them.</summary>
[TestFixture(typeof(MemoryPair))]
[TestFixture(typeof(JournalPair))]
public class ReaderContractTests<TPair>
    where TPair : StorePair, new()
{
    private TPair _pair = null!;

    [SetUp]
    public async Task SetUp()
    {
        _pair = new TPair();
        await _pair.Store.InitializeAsync(default);
    }

    [TearDown]
    public async Task TearDown() => await _pair.DisposeAsync();

    [Test]
    public async Task Nothing_stored_is_an_empty_list_and_no_recording()
    {
        Assert.That(await ListAsync(new RecordingQuery()), Is.Empty);
        Assert.That(await _pair.Reader.GetAsync(LineBuilder.Id(1)), Is.Null);
    }

    [Test]
    public async Task The_list_is_newest_first_and_no_longer_than_asked()
    {
        await WriteAsync(Lines.Requests(1, 20));

        Assert.That(await ListAsync(new RecordingQuery { Limit = 3 }), Is.EqualTo(new long[] { 20, 19, 18 }));
        Assert.That(await ListAsync(new RecordingQuery { Limit = 0 }), Has.Length.EqualTo(1), "a limit out of range is brought into it");
        Assert.That(await ListAsync(new RecordingQuery()), Has.Length.EqualTo(20));
    }

    [Test]
    public async Task Those_of_one_moment_are_ordered_by_their_number()
    {
        DateTimeOffset at = LineBuilder.Start;
        await WriteAsync([.. new long[] { 2, 3, 1 }.Select(i => Lines.Of(i, LineBuilder.Request(i, at: at)))]);

        Assert.That(await ListAsync(new RecordingQuery()), Is.EqualTo(new long[] { 3, 2, 1 }));
    }

    [Test]
    public async Task Each_condition_restricts_and_all_must_hold()
    {
        await WriteAsync(
            Lines.Of(1, LineBuilder.Request(1, path: "/orders/1", status: 200)),
            Lines.Of(2, LineBuilder.Request(2, path: "/orders/2", status: 500, outcome: "failed", extra: """ "errors":[{"type":"Shop.StockException","message":"none left","inner":[{"message":"23505: duplicate key"}]},{"message":"late"}]""")),
            Lines.Of(3, LineBuilder.Request(3, path: "/users/2", route: "/users/{id}", status: 500, outcome: "failed", extra: "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"actor\":{\"id\":\"user_42\"}")));

        Assert.That(await ListAsync(new RecordingQuery { Status = 500 }), Is.EqualTo(new long[] { 3, 2 }));
        Assert.That(await ListAsync(new RecordingQuery { Outcome = RecordingOutcome.Completed }), Is.EqualTo(new long[] { 1 }));
        Assert.That(await ListAsync(new RecordingQuery { Route = "/orders/**" }), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(await ListAsync(new RecordingQuery { Route = "/users/{id}" }), Is.EqualTo(new long[] { 3 }));
        Assert.That(await ListAsync(new RecordingQuery { Since = LineBuilder.Start.AddSeconds(2) }), Is.EqualTo(new long[] { 3, 2 }));
        Assert.That(await ListAsync(new RecordingQuery { Until = LineBuilder.Start.AddSeconds(2) }), Is.EqualTo(new long[] { 1 }));
        Assert.That(await ListAsync(new RecordingQuery { RequestId = "r2" }), Is.EqualTo(new long[] { 2 }));
        Assert.That(await ListAsync(new RecordingQuery { TraceId = "4bf92f3577b34da6a3ce929d0e0e4736" }), Is.EqualTo(new long[] { 3 }));
        Assert.That(await ListAsync(new RecordingQuery { ActorId = "user_42" }), Is.EqualTo(new long[] { 3 }));
        Assert.That(await ListAsync(new RecordingQuery { Status = 500, Route = "/orders/*" }), Is.EqualTo(new long[] { 2 }));
        Assert.That(await ListAsync(new RecordingQuery { Status = 404 }), Is.Empty);
        Assert.That(await ListAsync(new RecordingQuery { ErrorText = "NONE, stockexception" }), Is.EqualTo(new long[] { 2 }));
        Assert.That(await ListAsync(new RecordingQuery { ErrorText = "duplicate-key left" }), Is.EqualTo(new long[] { 2 }), "of the errors inside, too");
        Assert.That(await ListAsync(new RecordingQuery { ErrorText = "none late" }), Is.Empty, "words of one error");
        Assert.That(await ListAsync(new RecordingQuery { ErrorText = "non" }), Is.Empty, "words as a whole");
        Assert.That(await ListAsync(new RecordingQuery { ErrorText = "none left", Status = 200 }), Is.Empty);
    }

    [Test]
    public async Task A_summary_tells_the_head_of_the_recording()
    {
        await WriteAsync(Lines.Of(1, LineBuilder.Request(
            1, method: "POST", status: 409, extra: "\"mutations\":[{\"before\":{\"mutations\":[1,2]}},{}],\"errors\":[{\"inner\":[{\"type\":\"Inner\"}],\"type\":\"Outer\"},{\"type\":\"Second\"}]")));

        RecordingSummary head = (await _pair.Reader.ListAsync(new RecordingQuery())).Single();

        Assert.That(head, Is.EqualTo(new RecordingSummary
        {
            Id = LineBuilder.Id(1),
            Sequence = 1,
            Kind = RecordingKind.Request,
            StartedAt = LineBuilder.Start.AddSeconds(1),
            DurationUs = 1500,
            Outcome = RecordingOutcome.Completed,
            Trigger = Triggers.Always,
            Name = "Orders.Get",
            Method = "POST",
            Path = "/orders/1",
            Route = "/orders/{id}",
            Status = 409,
            RequestId = "r1",
            Mutations = 2,
            Error = "Outer",
        }));
    }

    [Test]
    public async Task A_recording_is_found_by_its_id_and_holds_its_line()
    {
        await WriteAsync(Lines.Requests(1, 5));

        Recording recording = (await _pair.Reader.GetAsync(LineBuilder.Id(3)))!;

        Assert.That(recording.Sequence, Is.EqualTo(3));
        Assert.That(recording.Line.ToArray(), Is.EqualTo(LineBuilder.Bytes(LineBuilder.Request(3))[..^1]));
        Assert.That(await _pair.Reader.GetAsync(LineBuilder.Id(6)), Is.Null);
    }

    [Test]
    public async Task Lines_are_copied_and_may_be_reused_after_the_call()
    {
        byte[] pooled = LineBuilder.Bytes(LineBuilder.Request(1));
        await WriteAsync(new EncodedRecording { Id = LineBuilder.Id(1), Sequence = 1, Line = pooled });

        Array.Clear(pooled);

        Assert.That(await ListAsync(new RecordingQuery()), Is.EqualTo(new long[] { 1 }));
    }

    private Task WriteAsync(params EncodedRecording[] batch) => _pair.Store.WriteAsync(batch, default).AsTask();

    private async Task<long[]> ListAsync(RecordingQuery query)
        => [.. (await _pair.Reader.ListAsync(query)).Select(head => head.Sequence)];
}

/// <summary>A store and its reader.</summary>
public abstract class StorePair : IAsyncDisposable
{
    public abstract IRecordingStore Store { get; }

    public abstract IRecordingReader Reader { get; }

    public abstract ValueTask DisposeAsync();
}

public sealed class MemoryPair : StorePair
{
    private readonly MemoryStore _store = new(1000);

    public override IRecordingStore Store => _store;

    public override IRecordingReader Reader => _store;

    public override ValueTask DisposeAsync() => _store.DisposeAsync();
}

public sealed class JournalPair : StorePair
{
    private readonly JournalRig _rig = new();

    public JournalPair() => Store = _rig.Open();

    public override IRecordingStore Store { get; }

    public override IRecordingReader Reader => _rig.Reader;

    public override async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _rig.Dispose();
    }
}
