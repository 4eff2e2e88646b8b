using FlightRecorder.AspNetCore;
using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.AspNetCore.Capture;

/// <summary>Where the server makes no activity, the header is all there is.</summary>
public sealed class TraceIdsTests
{
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later-versions-say-more")]
    public void The_trace_comes_from_a_valid_traceparent_header(string header)
    {
        Snapshot recording = Read(header);

        Assert.That(recording.TraceId, Is.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.That(recording.ParentSpanId, Is.EqualTo("00f067aa0ba902b7"));
        Assert.That(recording.SpanId, Is.Null);
    }

    [TestCase("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [TestCase("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more")]
    [TestCase("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("nonsense")]
    [TestCase("")]
    public void An_invalid_traceparent_header_is_ignored(string header)
        => Assert.That(Read(header).TraceId, Is.Null);

    private static Snapshot Read(string header)
    {
        var recorder = new Recorder(new FlightRecorderWebOptions(), new MemoryStore(1), NullLogger.Instance);
        ActiveRecording active = recorder.Begin(RecordingKind.Request)!;
        var context = new DefaultHttpContext();
        context.Request.Headers.TraceParent = header;
        TraceIds.Copy(context, active);
        return new Snapshot(active);
    }
}
