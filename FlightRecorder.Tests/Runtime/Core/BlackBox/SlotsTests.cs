using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.BlackBox;

[UnsupportedOSPlatform("windows")]
public sealed class SlotsTests
{
    private const string Canary = "c4narySecret";

    private SlotRig _rig = null!;

    [SetUp]
    public void Prepare() => _rig = new SlotRig();

    [TearDown]
    public async Task RemoveAsync() => await _rig.DisposeAsync();

    [Test]
    public async Task A_request_in_the_air_becomes_an_unfinished_recording_of_its_own_run()
    {
        await _rig.StartAsync();
        ActiveRecording recording = _rig.Begin();
        recording.Handle.Mark("cart priced");
        recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Command, AtUs = 9_000_000, Sql = "UPDATE stock SET qty = 1 WHERE sku = 'x'" });
        string dead = _rig.Die();

        Assert.That(_rig.Recover(dead), Is.EqualTo(2), "the request and the note of its run");
        Recording unfinished = (await new JournalReader(dead).GetAsync(recording.Id))!;
        Assert.That(unfinished.Run, Is.EqualTo(_rig.Run.Id));
        Assert.That(unfinished.Outcome, Is.EqualTo(RecordingOutcome.Unfinished));
        Assert.That(unfinished.Trigger, Is.EqualTo(Triggers.Crash));
        Assert.That(unfinished.StartedAt, Is.EqualTo(recording.StartedAt).Within(TimeSpan.FromMicroseconds(1)));
        Assert.That(unfinished.Request!.Method + " " + unfinished.Request.Path + " " + unfinished.Request.Route, Is.EqualTo("GET /orders/42 /orders/{id}"));
        Assert.That(unfinished.Endpoint, Is.EqualTo(new RecordedEndpoint { Name = "Orders.Get", Location = "Shop/Orders.cs:21" }));
        Assert.That(unfinished.TraceId, Is.EqualTo(recording.TraceId));
        Assert.That(unfinished.App.Name, Is.EqualTo("shop"));
        Assert.That(unfinished.Tags["team"], Is.EqualTo("blue"));
        Assert.That(
            unfinished.Timeline.Select(step => (step.Type, step.Detail)),
            Is.EqualTo(new[] { ("http.request.received", null), ("mark", "cart priced"), ("db.command", "update stock") }));
        Assert.That(Directory.GetFiles(dead, "*.slots"), Is.Empty, "the file is gone once the lines are written");
    }

    [Test]
    public async Task The_lines_keep_to_the_schema()
    {
        await _rig.StartAsync();
        _rig.Begin().Handle.Mark("half way");
        using (Flight.Begin("nightly import"))
        {
            string dead = _rig.Die();
            _rig.Recover(dead);
            using JsonDocument schema = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "journal-line.v1.schema.json")));
            string[] lines = [.. Directory.GetFiles(dead, "*.jsonl").SelectMany(File.ReadAllLines)];
            Assert.That(lines, Has.Length.EqualTo(3));
            foreach (string line in lines)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                Assert.That(new JsonSchemaCheck(schema.RootElement).Failures(document.RootElement), Is.Empty, line);
            }
        }
    }

    [Test]
    public async Task A_run_that_died_is_noted_with_when_it_was_last_alive()
    {
        await _rig.StartAsync();
        string dead = _rig.Die();
        _rig.Recover(dead);

        Recording note = (await SlotRig.ReadAsync(dead)).Single();
        Assert.That(note.Kind, Is.EqualTo(RecordingKind.Note));
        Assert.That(note.Run, Is.EqualTo(_rig.Run.Id));
        Assert.That(note.StartedAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        Assert.That(note.Timeline.Single().Detail, Does.StartWith($"run {_rig.Run.Id}, started at ").And.Contain("last seen alive at"));
        Assert.That(_rig.Log.All.Single(line => line.Contains("without a word")), Does.Contain(_rig.Run.Id).And.Contain("0 requests"));
    }

    [Test]
    public async Task An_operation_is_unfinished_as_well()
    {
        await _rig.StartAsync();
        using Operation operation = Flight.Begin("nightly import");
        string dead = _rig.Die();
        _rig.Recover(dead);

        Recording unfinished = (await new JournalReader(dead).GetAsync(operation.Recording!.Value.Id))!;
        Assert.That(unfinished.Kind, Is.EqualTo(RecordingKind.Operation));
        Assert.That(unfinished.Endpoint!.Name, Is.EqualTo("nightly import"));
    }

    [Test]
    public async Task Only_what_a_slot_may_hold_is_in_the_file()
    {
        await _rig.StartAsync();
        var endpoint = new SlotEndpoint("Orders.Get", null, "/orders/{id}/{password}/{*rest}", null);
        ActiveRecording recording = _rig.Begin(Canary, endpoint);
        recording.RequestId = Canary;
        recording.Actor = new RequestActor(Canary);
        recording.Params.Add(new NameValues("password", "1234"));
        recording.Params.Add(new NameValues("rest", "a/" + Canary));
        recording.RequestHeaders.Add(new NameValues("x-id", Canary));
        recording.Query.Add(new NameValues("q", Canary));
        _rig.Slots.SetPath(recording, endpoint, _rig.Recorder.Rules);
        recording.Handle.Mark("user " + Canary + DateTime.UtcNow.Ticks);
        recording.Handle.Mark("paid", Canary);
        recording.Handle.Error(new InvalidOperationException(Canary));
        recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = $"SELECT '{Canary}' FROM a.b WHERE x = '{Canary}' -- {Canary}" });
        recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = $"nonsense {Canary}" });
        recording.Handle.Append(new TimelineEntry { Type = "log", Detail = Canary });

        string dead = _rig.Die();
        byte[] file = await File.ReadAllBytesAsync(Directory.GetFiles(dead, "*.slots").Single());
        Assert.That(Encoding.UTF8.GetString(file), Does.Not.Contain(Canary));
        _rig.Recover(dead);
        Recording unfinished = (await new JournalReader(dead).GetAsync(recording.Id))!;
        Assert.That(unfinished.Request!.Path, Is.EqualTo("/orders/{id}/[REDACTED]/{rest}"));
        Assert.That(unfinished.Timeline.Skip(1).Select(step => step.Detail), Is.EqualTo(new[] { "paid", "select", "statement" }));
    }

    [Test]
    public async Task The_latest_steps_stay_and_the_others_are_counted()
    {
        await _rig.StartAsync();
        ActiveRecording recording = _rig.Begin();
        string[] tables = [.. Enumerable.Range(1, 20).Select(i => "t" + i)];
        foreach (string table in tables)
        {
            recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Command, Sql = "DELETE FROM " + table });
        }

        string dead = _rig.Die();
        _rig.Recover(dead);
        Recording unfinished = (await new JournalReader(dead).GetAsync(recording.Id))!;
        Assert.That(unfinished.Timeline.Skip(1).Select(step => step.Detail), Is.EqualTo(tables[^7..].Select(table => "delete " + table)));
        Assert.That(unfinished.Gaps, Does.Contain(new RecordedGap("timeline", "13 earlier steps did not fit")));
    }

    [Test]
    public async Task A_statement_that_never_came_back_is_shown_as_running()
    {
        await _rig.StartAsync();
        ActiveRecording recording = _rig.Begin();
        recording.Handle.Starting("INSERT INTO orders VALUES ('x')");
        recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Command, Sql = "INSERT INTO orders VALUES ('x')" });
        recording.Handle.Starting("UPDATE stock SET qty = 1");
        string dead = _rig.Die();
        _rig.Recover(dead);

        Recording unfinished = (await new JournalReader(dead).GetAsync(recording.Id))!;
        Assert.That(unfinished.Timeline.Skip(1).Select(step => step.Detail), Is.EqualTo(new[] { "insert orders", "update stock (running)" }));
    }

    [Test]
    public async Task A_slot_is_free_when_its_line_is_written_or_its_recording_is_not_kept()
    {
        Recorder recorder = await _rig.StartAsync();
        recorder.End(_rig.Begin(), rule: null);
        recorder.End(_rig.Begin(), new CompilerServices.RulePlan { Keep = KeepWhen.Error });
        recorder.Discard(_rig.Begin());
        await recorder.FlushAsync();

        Assert.That(InUse(), Is.Empty);
    }

    [Test]
    public async Task A_finished_request_keeps_its_slot_until_the_store_took_its_line()
    {
        using var held = new ManualResetEventSlim();
        await _rig.StartAsync(wrap: store => new HeldStore(store, held));
        ActiveRecording recording = _rig.Begin();
        Guid id = recording.Id;
        _rig.Recorder.End(recording, rule: null);

        LeftSlot ended = InUse().Single();
        Assert.That((ended.Id, ended.HasEnded, ended.Sequence), Is.EqualTo((id, true, 1L)));
        held.Set();
        await _rig.Recorder.FlushAsync();
        Assert.That(InUse(), Is.Empty);
    }

    [Test]
    public async Task When_all_slots_are_taken_recording_goes_on_without()
    {
        Recorder recorder = await _rig.StartAsync();
        ActiveRecording[] all = [.. Enumerable.Range(0, SlotLayout.Slots + 3).Select(i => _rig.Begin())];
        Assert.That(_rig.Slots.Missed, Is.EqualTo(3));
        Array.ForEach(all, recording => recorder.End(recording, rule: null));
        await recorder.FlushAsync();
        Assert.That(recorder.Counters.Stored, Is.EqualTo(all.Length));
        Assert.That(InUse(), Is.Empty);
    }

    [Test]
    public async Task An_orderly_end_leaves_no_file()
    {
        Recorder recorder = await _rig.StartAsync();
        Assert.That(_rig.SlotFile, Does.Exist);
        recorder.End(_rig.Begin(), rule: null);
        await recorder.DisposeAsync();
        Assert.That(_rig.SlotFile, Does.Not.Exist);
    }

    [Test]
    public async Task A_request_that_outlives_its_recorder_writes_on_safely_and_takes_the_file_with_it()
    {
        Recorder recorder = await _rig.StartAsync();
        ActiveRecording late = _rig.Begin();
        await recorder.DisposeAsync();
        Assert.That(_rig.SlotFile, Does.Exist, "it is still in the air");

        late.Handle.Mark("still here");
        recorder.End(late, rule: null);
        Assert.That(_rig.SlotFile, Does.Not.Exist);
        Assert.That(_rig.Begin().Slot, Is.Negative);
    }

    [Test]
    public async Task The_file_is_for_its_owner_only_and_has_all_its_blocks()
    {
        await _rig.StartAsync();
        Assert.That(File.GetUnixFileMode(_rig.SlotFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(new FileInfo(_rig.SlotFile).Length, Is.EqualTo(SlotLayout.FileBytes));
    }

    [Test]
    public async Task Taking_marking_and_freeing_a_slot_allocates_nothing()
    {
        Recorder recorder = await _rig.StartAsync();
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Method = "GET";
        recording.TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        recording.Params.Add(new NameValues("id", "42"));
        var mark = new TimelineEntry { Type = TimelineTypes.Mark, Detail = "cart priced" };
        var query = new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT 1 FROM a" };
        void Once()
        {
            _rig.Slots.Begin(recording, SlotRig.Endpoint);
            _rig.Slots.SetPath(recording, SlotRig.Endpoint, recorder.Rules);
            _rig.Slots.AddStep(recording.Slot, mark);
            _rig.Slots.AddStep(recording.Slot, query);
            _rig.Slots.End(recording.Slot, 1);
            _rig.Slots.Release(recording.TakeSlot());
        }

        Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Once();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        recorder.Discard(recording);
    }

    [TestCase(0x9123683EL, "btrfs")]
    [TestCase(unchecked((long)0xFFFFFFFFFF534D42), "CIFS")]
    [TestCase(0x6969L, "NFS")]
    [TestCase(0xEF53L, null)]
    [TestCase(0x01021994L, null)]
    public void A_file_system_that_keeps_no_blocks_is_known(long type, string? name) => Assert.That(FileSystemKind.Unfit(type), Is.EqualTo(name));

    [Test]
    public void Without_a_journal_there_is_no_file_unless_a_directory_is_named()
    {
        var options = new FlightRecorderOptions();
        Assert.That(SlotPlace.Of(options, new MemoryStore(1), "/app"), Is.Null);
        Assert.That(SlotPlace.Of(options, new FakeStore(), "/app"), Is.Null);
        Assert.That(SlotPlace.Of(options, new JournalStore(options.Journal, "/app", NullLogger.Instance), "/app"), Is.EqualTo(new SlotPlace("/app/flight", "/app/flight")));
        options.BlackBox.Directory = "box";
        Assert.That(SlotPlace.Of(options, new MemoryStore(1), "/app"), Is.EqualTo(new SlotPlace("/app/box", null)));
        Assert.That(SlotPlace.Of(options, new FakeStore(), "/app"), Is.EqualTo(new SlotPlace("/app/box", null)));
        options.BlackBox.Slots = false;
        Assert.That(SlotPlace.Of(options, new MemoryStore(1), "/app"), Is.Null);
    }

    private IReadOnlyList<LeftSlot> InUse() => SlotImage.TryRead(File.ReadAllBytes(_rig.SlotFile))!.Read();

    /// <summary>A store that takes nothing until it may.</summary>
    private sealed class HeldStore(IRecordingStore inner, ManualResetEventSlim held) : IRecordingStore
    {
        public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
        {
            held.Wait(cancellationToken);
            return inner.WriteAsync(batch, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
