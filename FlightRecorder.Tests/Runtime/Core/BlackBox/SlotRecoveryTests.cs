using FlightRecorder.Tests.Core.Crash;

namespace FlightRecorder.Tests.Core.BlackBox;

public sealed class SlotRecoveryTests
{
    private SlotRig _rig = null!;

    [SetUp]
    public void Prepare() => _rig = new SlotRig();

    [TearDown]
    public async Task RemoveAsync() => await _rig.DisposeAsync();

    [Test]
    public async Task The_next_start_writes_them_and_counts_them()
    {
        await _rig.StartAsync();
        Guid id = _rig.Begin().Id;
        string dead = _rig.Die();
        await _rig.DisposeRecorderAsync();

        Recorder next = await _rig.StartAsync(dead);
        Assert.That(Directory.GetFiles(dead, "*.slots").Select(Path.GetFileName), Is.EqualTo(new[] { _rig.Run + ".slots" }), "its own only");
        Assert.That((await new JournalReader(dead).GetAsync(id))!.Outcome, Is.EqualTo(RecordingOutcome.Unfinished));
        RecorderCounters counters = next.Counters;
        Assert.That((counters.Offered, counters.Stored, counters.InFlight), Is.EqualTo((2L, 2L, 0L)));
    }

    [Test]
    public async Task The_file_of_a_run_that_is_alive_is_not_touched()
    {
        await _rig.StartAsync();
        _rig.Begin();
        byte[] before = File.ReadAllBytes(_rig.SlotFile);

        Assert.That(_rig.Recover(_rig.Home.Path), Is.Zero);
        Assert.That(File.ReadAllBytes(_rig.SlotFile).AsSpan().SequenceEqual(before));
    }

    [Test]
    public async Task A_request_whose_line_is_in_the_journal_is_not_written_again()
    {
        Recorder recorder = await _rig.StartAsync();
        ActiveRecording written = _rig.Begin();
        Guid id = written.Id;
        recorder.End(written, rule: null);
        await recorder.FlushAsync();

        // As if the process had died between the write of the line and the release of the slot.
        ActiveRecording stands = _rig.Begin();
        string dead = _rig.Die();
        PutId(Directory.GetFiles(dead, "*.slots").Single(), stands.Slot, id);

        Assert.That(_rig.Recover(dead), Is.EqualTo(1), "the note only");
        Assert.That((await SlotRig.ReadAsync(dead)).Where(recording => recording.Id == id).Select(recording => recording.Outcome), Is.EqualTo(new[] { RecordingOutcome.Completed }));
    }

    [Test]
    public async Task A_request_in_the_air_that_a_crash_wrote_is_not_written_again()
    {
        await _rig.StartAsync();
        ActiveRecording recording = _rig.Begin();
        Guid id = recording.Id;
        recording.Announce();
        new CrashDump(_rig.Recorder).Run(new InvalidOperationException("lost"), null, isDying: true);
        string dead = _rig.Die();
        Assert.That(_rig.Recover(dead), Is.EqualTo(1), "the note of the run");

        IReadOnlyList<Recording> found = await SlotRig.ReadAsync(dead);
        Assert.That(found.Count(recording => recording.Id == id), Is.EqualTo(1));
    }

    [Test]
    public async Task An_ended_request_whose_line_was_lost_is_unfinished_under_its_own_number()
    {
        await _rig.StartAsync();
        ActiveRecording recording = _rig.Begin();
        _rig.Slots.End(recording.Slot, 17);
        string dead = _rig.Die();
        _rig.Recover(dead);

        Recording unfinished = (await new JournalReader(dead).GetAsync(recording.Id))!;
        Assert.That(unfinished.Sequence, Is.EqualTo(17));
        Assert.That(unfinished.Gaps.Single().Why, Does.StartWith("it had ended"));
        Assert.That((await SlotRig.ReadAsync(dead)).Single(found => found.Kind == RecordingKind.Note).Sequence, Is.EqualTo(18));
    }

    [Test]
    public async Task A_recovery_that_dies_after_its_write_is_not_repeated()
    {
        await _rig.StartAsync();
        Guid id = _rig.Begin().Id;
        string dead = _rig.Die();
        string slots = Directory.GetFiles(dead, "*.slots").Single();
        var run = new RunInfo();
        var journal = new JournalStore(new JournalOptions { Directory = dead }, "/", _rig.Log, run);
        using (var sink = new LineSink(journal))
        {
            Recovering(dead, sink, slots, run.Id);
        }

        Assert.That(_rig.Recover(dead), Is.Zero);
        Assert.That(slots, Does.Not.Exist);
        Assert.That((await SlotRig.ReadAsync(dead)).Count(recording => recording.Id == id), Is.EqualTo(1));
    }

    [Test]
    public async Task A_store_that_takes_nothing_leaves_the_file_for_the_next_start()
    {
        await _rig.StartAsync();
        _rig.Begin();
        string dead = _rig.Die();
        int written = new SlotRecovery(new SlotPlace(dead, dead), "00000000000000ff", _rig.Log).Run(_ => false);

        Assert.That(written, Is.Zero);
        Assert.That(Directory.GetFiles(dead, "*.slots"), Has.Length.EqualTo(1));
        Assert.That(_rig.Recover(dead), Is.EqualTo(2));
    }

    [Test]
    public async Task Files_that_nobody_could_recover_do_not_pile_up()
    {
        await _rig.StartAsync();
        _rig.Begin();
        string dead = _rig.Die();
        string first = Directory.GetFiles(dead, "*.slots").Single();
        for (int i = 0; i < 30; i++)
        {
            File.Copy(first, Path.Combine(dead, $"20270101T0000{i:D2}-{i:x16}.slots"));
        }

        new SlotRecovery(new SlotPlace(dead, dead), "00000000000000ff", _rig.Log).Run(_ => false);
        Assert.That(Directory.GetFiles(dead, "*.slots"), Has.Length.EqualTo(16));
    }

    [Test]
    public async Task A_run_that_ended_in_order_but_could_not_delete_its_file_is_not_called_dead()
    {
        await _rig.StartAsync();
        string dead = _rig.Die();
        string file = Directory.GetFiles(dead, "*.slots").Single();
        Put(file, 16, [1, 0, 0, 0]);

        Assert.That(_rig.Recover(dead), Is.Zero);
        Assert.That(file, Does.Not.Exist);
    }

    [TestCase("ln -s target 20261120T081500-9f3a11c2d4e5f607.slots")]
    [TestCase("mkdir 20261120T081500-9f3a11c2d4e5f607.slots")]
    [TestCase("mkfifo 20261120T081500-9f3a11c2d4e5f607.slots")]
    [TestCase("echo text >20261120T081500-9f3a11c2d4e5f607.slots")]
    [TestCase("echo text >other.slots")]
    [TestCase("truncate -s 100G 20261120T081500-9f3a11c2d4e5f607.slots")]
    [Platform("Linux")]
    public void What_somebody_else_put_there_stays_as_it_is(string script)
    {
        string directory = Path.GetDirectoryName(_rig.Home.File("target"))!;
        File.WriteAllText(Path.Combine(directory, "target"), "mine");
        Shell.Run("cd \"$0\" && " + script, directory);
        string[] before = Directory.GetFileSystemEntries(directory);

        Assert.That(_rig.Recover(directory), Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(directory), Is.EquivalentTo(before));
        Assert.That(File.ReadAllText(Path.Combine(directory, "target")), Is.EqualTo("mine"));
    }

    [Test]
    public async Task A_store_of_ones_own_gets_them_all()
    {
        await _rig.StartAsync();
        ActiveRecording lost = _rig.Begin("1");
        _rig.Begin("2");
        _rig.Slots.End(lost.Slot, 1);
        string dead = _rig.Die();
        var memory = new MemoryStore(10);

        var recovery = new SlotRecovery(new SlotPlace(dead, null), "00000000000000ff", _rig.Log);
        int written = recovery.Run(
            lines =>
            {
                memory.WriteAsync(lines.ToRecordings(), default).AsTask().Wait();
                return true;
            });

        Assert.That(written, Is.EqualTo(3), "both, and the note");
        Assert.That((await memory.GetAsync(lost.Id))!.Outcome, Is.EqualTo(RecordingOutcome.Unfinished));
    }

    // Whatever bytes are there: no exception, and only lines that readers take.
    [Test]
    public async Task A_damaged_file_harms_nobody()
    {
        await _rig.StartAsync();
        for (int i = 0; i < 20; i++)
        {
            ActiveRecording recording = _rig.Begin();
            recording.Handle.Mark("one");
            recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT 1" });
        }

        byte[] good = File.ReadAllBytes(_rig.SlotFile)[..(SlotLayout.HeaderBytes + (32 * SlotLayout.SlotBytes))];
        var random = new Random(4711);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bad = (byte[])good.Clone();
            int damages = random.Next(1, 40);
            for (int i = 0; i < damages; i++)
            {
                bad[random.Next(round % 2 == 0 ? SlotLayout.HeaderBytes : 8, bad.Length)] = (byte)random.Next(256);
            }

            bad = round % 10 == 0 ? bad[..random.Next(bad.Length)] : bad;
            if (SlotImage.TryRead(bad) is not { } image)
            {
                continue;
            }

            LineBatch lines = new UnfinishedLines(image).Write(image.Read(), _ => false);
            foreach (EncodedRecording line in lines.ToRecordings())
            {
                Assert.That(LineTrailer.IsIntact(line.Line.Span[..^1]));
                Assert.DoesNotThrow(() => line.ToRecording(), $"round {round}");
            }
        }
    }

    // Writes lines as a start does, but keeps the file, as a process that is killed before its deletion.
    private void Recovering(string dead, LineSink sink, string slots, string run)
    {
        int written = new SlotRecovery(new SlotPlace(dead, dead), run, _rig.Log).Run(lines =>
        {
            Shell.Run("cp \"$0\" \"$0.copy\"", slots);
            return sink.TryWrite(lines);
        });
        Assert.That((written, File.Exists(slots)), Is.EqualTo((2, false)));
        File.Move(slots + ".copy", slots);
    }

    private static void PutId(string file, int slot, Guid id)
    {
        int at = SlotLayout.HeaderBytes + (slot * SlotLayout.SlotBytes);
        Put(file, at, [SlotState.Ended, 0, 0, 0]);
        Put(file, at + 16, id.ToByteArray());
    }

    private static void Put(string file, int at, byte[] bytes)
    {
        using FileStream open = File.OpenWrite(file);
        open.Position = at;
        open.Write(bytes);
    }
}
