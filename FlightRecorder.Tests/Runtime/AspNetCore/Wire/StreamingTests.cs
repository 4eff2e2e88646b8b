using FlightRecorder.Tests.AspNetCore.Support;
using FlightRecorder.Tests.Support.Wire;

namespace FlightRecorder.Tests.AspNetCore.Wire;

public sealed class StreamingTests
{
    [Test]
    public async Task The_first_event_of_a_stream_arrives_while_the_stream_is_open_and_is_not_kept()
    {
        await using TestApp app = await TestApp.StartAsync(WireApp.Map, options => options.RecordEverything = true, WireApp.Build);
        await using RawConnection connection = await app.ConnectAsync();

        await connection.SendAsync("GET /events HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        await connection.ReadUntilAsync("data: first\n\n");
        Assert.That(app.Recorded, Is.Empty, "the stream is still open");
        WireApp.EventGate.Release();
        await connection.ReadToEndAsync();
        Snapshot recording = await app.OnlyAsync();

        Assert.Multiple(() =>
        {
            Assert.That(recording.Response.State, Is.EqualTo(BodyState.Skipped));
            Assert.That(recording.Response.Bytes, Is.Empty);
            Assert.That(recording.Response.TotalBytes, Is.EqualTo("data: first\n\ndata: last\n\n".Length));
            Assert.That(recording.Gaps, Is.EqualTo(new[] { "response.body: event stream" }));
        });
    }

    [Test]
    public async Task A_client_that_resets_while_it_sends_makes_an_aborted_recording()
    {
        await using TestApp app = await TestApp.StartAsync(WireApp.Map, options => options.RecordEverything = true, WireApp.Build);
        RawConnection connection = await app.ConnectAsync();

        await connection.SendAsync("POST /read-stream HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n");
        await connection.ReadUntilAsync("100 Continue\r\n\r\n");
        await connection.SendAsync("part of it");
        connection.Reset();
        Snapshot recording = await app.OnlyAsync();

        Assert.Multiple(() =>
        {
            Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Aborted));
            Assert.That(recording.Request.State, Is.AnyOf(BodyState.Partial, BodyState.Unread));
            Assert.That("part of it", Does.StartWith(recording.Request.Text));
            Assert.That(app.Recorder.Counters.Faults, Is.Zero);
        });
    }

    [Test]
    public async Task A_client_that_resets_while_it_receives_makes_an_aborted_recording()
    {
        await using TestApp app = await TestApp.StartAsync(WireApp.Map, options => options.RecordEverything = true, WireApp.Build);
        RawConnection connection = await app.ConnectAsync();

        await connection.SendAsync("GET /events HTTP/1.1\r\nHost: test\r\n\r\n");
        await connection.ReadUntilAsync("data: first\n\n");
        connection.Reset();
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Aborted));
        Assert.That(recording.Status, Is.EqualTo(200));
        Assert.That(recording.Errors, Is.Empty, "the app's own cancellation is no error");
    }

    [Test]
    public async Task A_client_that_stops_sending_in_the_middle_makes_a_partial_body()
    {
        await using TestApp app = await TestApp.StartAsync(WireApp.Map, options => options.RecordEverything = true, WireApp.Build);
        await using RawConnection connection = await app.ConnectAsync();

        await connection.SendAsync("POST /copy-stream HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nonly this");
        await connection.ReadUntilAsync("only this");
        connection.FinishSending();
        await connection.ReadToEndAsync();
        Snapshot recording = await app.OnlyAsync();

        Assert.Multiple(() =>
        {
            Assert.That(recording.Request.Text, Is.EqualTo("only this"));
            Assert.That(recording.Request.State, Is.EqualTo(BodyState.Partial));
            Assert.That(recording.Outcome, Is.AnyOf(RecordingOutcome.Aborted, RecordingOutcome.Failed));
        });
    }
}
