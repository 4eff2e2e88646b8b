using FlightRecorder.AspNetCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class BodySinkTests
{
    private readonly Recorder _recorder = new(new FlightRecorderWebOptions(), new MemoryStore(1), NullLogger.Instance);

    [Test]
    public void A_stale_tap_writes_nothing_into_the_next_body()
    {
        var sink = new BodySink("request.body");
        ActiveRecording first = _recorder.Begin(RecordingKind.Request)!;
        ActiveRecording second = _recorder.Begin(RecordingKind.Request)!;
        BodyTap stale = sink.Open(first, first.RequestBody, 100);
        sink.Close();
        BodyTap fresh = sink.Open(second, second.RequestBody, 100);

        stale.Append("old"u8);
        stale.Skip(5);
        stale.KeepNothing();
        fresh.Append("new"u8);

        Assert.That(second.RequestBody.Buffer.Bytes.ToArray(), Is.EqualTo("new"u8.ToArray()));
        Assert.That(first.RequestBody.Buffer.TotalBytes, Is.Zero);
    }

    [Test]
    public void A_failure_ends_the_capture_of_this_body_and_is_reported()
    {
        var sink = new BodySink("request.body");
        ActiveRecording recording = _recorder.Begin(RecordingKind.Request)!;
        BodyTap tap = sink.Open(recording, recording.RequestBody, 100);

        tap.Append("secret"u8);
        tap.Fail(new InvalidOperationException());
        tap.Append("more"u8);

        Assert.That(recording.RequestBody.Buffer.Length, Is.Zero);
        Assert.That(recording.RequestBody.State, Is.EqualTo(BodyState.Skipped));
        Assert.That(recording.Gaps.ToArray().Single().What, Is.EqualTo("request.body"));
        Assert.That(_recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public void Bytes_that_are_not_kept_are_counted()
    {
        var sink = new BodySink("response.body");
        ActiveRecording recording = _recorder.Begin(RecordingKind.Request)!;
        BodyTap tap = sink.Open(recording, recording.ResponseBody, 100);

        tap.Append("four"u8);
        tap.KeepNothing();
        tap.Append("three"u8);
        tap.Skip(10);

        Assert.That(recording.ResponseBody.Buffer.Length, Is.Zero);
        Assert.That(recording.ResponseBody.Buffer.TotalBytes, Is.EqualTo(19));
    }
}
