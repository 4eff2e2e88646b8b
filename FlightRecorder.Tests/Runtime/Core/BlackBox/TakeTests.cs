using System.Text;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>What a crash takes of a request in the air.</summary>
public sealed class TakeTests
{
    [Test]
    public async Task An_open_recording_is_taken_once_and_its_end_is_nobodys()
    {
        await using RingRig rig = await RingRig.StartAsync();
        ActiveRecording recording = rig.Begin();
        recording.Handle.Mark("cart priced");
        recording.Query.Add(new NameValues("page", "2"));

        ActiveRecording? copy = recording.Take();
        recording.Handle.Mark("after");
        rig.Recorder.End(recording, null);

        Assert.Multiple(() =>
        {
            Assert.That(copy, Is.Not.Null);
            Assert.That(copy!.Id, Is.EqualTo(recording.Id));
            Assert.That(copy.Outcome, Is.EqualTo(RecordingOutcome.Unfinished));
            Assert.That(copy.Timeline.ToArray().Select(entry => entry.Detail), Is.EqualTo(new[] { "cart priced" }));
            Assert.That(copy.Query, Has.Count.EqualTo(1));
            Assert.That(recording.Take(), Is.Null);
            Assert.That(rig.Counters.InFlight, Is.EqualTo(1), "who took it accounts for it");
        });
    }

    [Test]
    public async Task One_that_ended_or_waits_for_its_rule_is_not_taken()
    {
        await using RingRig rig = await RingRig.StartAsync();
        ActiveRecording ended = rig.Begin();
        rig.Recorder.End(ended, RingRig.OnlyErrors);
        ActiveRecording undecided = rig.Recorder.Begin(RecordingKind.Request)!;

        Assert.That(ended.Take(), Is.Null);
        Assert.That(undecided.Take(), Is.Null);
        rig.Recorder.Discard(undecided);
    }

    [Test]
    public async Task A_path_whose_route_values_are_not_known_yet_is_the_route()
    {
        await using RingRig rig = await RingRig.StartAsync();
        ActiveRecording early = rig.Begin("/users/jane");
        early.Route = "/users/{name}";
        ActiveRecording late = rig.Begin("/users/jane");
        late.Route = "/users/{name}";
        late.Params.Add(new NameValues("name", "jane"));
        late.AnnounceParams();

        Assert.That(early.Take()!.Path, Is.EqualTo("/users/{name}"));
        Assert.That(late.Take()!.Path, Is.EqualTo("/users/jane"));
    }

    [Test]
    public async Task The_body_is_copied_as_far_as_it_came()
    {
        await using RingRig rig = await RingRig.StartAsync();
        ActiveRecording recording = rig.Begin();
        recording.RequestBody.State = BodyState.Skipped;
        recording.RequestBody.DeclaredBytes = 20;
        recording.RequestBody.Buffer.Start(100);
        recording.RequestBody.Buffer.Append("{\"half\":"u8);

        ActiveRecording copy = recording.Take()!;
        Assert.That(Encoding.UTF8.GetString(copy.RequestBody.Buffer.Bytes), Is.EqualTo("{\"half\":"));
        Assert.That(copy.RequestBody.State, Is.EqualTo(BodyState.Partial));
    }

    [Test]
    public void A_buffer_that_goes_back_to_the_pool_meanwhile_gives_nothing_of_another()
    {
        var buffer = new CaptureBuffer();
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(() =>
        {
            byte[] ours = [.. Enumerable.Repeat((byte)'a', 20_000)];
            while (!stop.IsCancellationRequested)
            {
                buffer.Start(20_000);
                buffer.Append(ours);
                buffer.Clear();
                byte[] others = System.Buffers.ArrayPool<byte>.Shared.Rent(20_000);
                Array.Fill(others, (byte)'x');
                System.Buffers.ArrayPool<byte>.Shared.Return(others);
            }
        });
        for (int i = 0; i < 20_000; i++)
        {
            var copy = new CaptureBuffer();
            if (buffer.TryCopyTo(copy))
            {
                Assert.That(copy.Bytes.Contains((byte)'x'), Is.False);
            }
        }

        stop.Cancel();
        Assert.That(writer.Wait(TimeSpan.FromSeconds(20)), Is.True);
    }
}
