using System.Net;
using System.Net.WebSockets;
using System.Text;
using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FlightRecorder.Tests.AspNetCore.Wire;

public sealed class OtherProtocolTests
{
    [Test]
    public async Task A_web_socket_works_and_leaves_a_gap()
    {
        await using TestApp app = await TestApp.StartAsync(EchoSocket, options => options.RecordEverything = true);
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{app.Port}/socket"), CancellationToken.None);
        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        byte[] buffer = new byte[16];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Snapshot recording = await app.OnlyAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(buffer, 0, received.Count), Is.EqualTo("ping"));
            Assert.That(recording.Status, Is.EqualTo(101));
            Assert.That(recording.Gaps, Is.EqualTo(new[] { "response.body: upgraded connection" }));
            Assert.That(recording.Response.Bytes, Is.Empty);
        });
    }

    [Test]
    public async Task Trailers_of_an_HTTP_2_response_reach_the_client()
    {
        await using TestApp app = await Http2Async(web => web.MapGet("/trailers", async (HttpContext context) =>
        {
            context.Response.DeclareTrailer("x-sum");
            await context.Response.WriteAsync("body");
            context.Response.AppendTrailer("x-sum", "4");
        }));

        using HttpResponseMessage answer = await SendAsync(app, HttpMethod.Get, "/trailers", null);
        string body = await answer.Content.ReadAsStringAsync();
        Snapshot recording = await app.OnlyAsync();

        Assert.That(body, Is.EqualTo("body"));
        Assert.That(answer.TrailingHeaders.GetValues("x-sum"), Is.EqualTo(new[] { "4" }));
        Assert.That(recording.Response.Text, Is.EqualTo("body"));
    }

    [Test]
    public async Task Grpc_passes_by_and_leaves_gaps()
    {
        await using TestApp app = await Http2Async(web => web.MapPost("/grpc.Service/Call", async (HttpContext context) =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Request.Body.CopyToAsync(context.Response.Body);
            context.Response.AppendTrailer("grpc-status", "0");
        }));
        var frame = new ByteArrayContent([0, 0, 0, 0, 1, 42]);
        frame.Headers.ContentType = new("application/grpc");

        using HttpResponseMessage answer = await SendAsync(app, HttpMethod.Post, "/grpc.Service/Call", frame);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Snapshot recording = await app.OnlyAsync();

        Assert.Multiple(() =>
        {
            Assert.That(body, Is.EqualTo(new byte[] { 0, 0, 0, 0, 1, 42 }));
            Assert.That(recording.Gaps, Is.EqualTo(new[] { "request.body: gRPC", "response.body: gRPC" }));
            Assert.That(recording.Request.Bytes, Is.Empty);
            Assert.That(recording.Response.Bytes, Is.Empty);
        });
    }

    [Test]
    public async Task A_reset_HTTP_2_stream_makes_an_aborted_recording()
    {
        await using TestApp app = await Http2Async(web => web.MapGet("/slow", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));

        HttpResponseMessage answer = await SendAsync(app, HttpMethod.Get, "/slow", null);
        answer.Dispose();
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Aborted));
        Assert.That(recording.Response.State, Is.EqualTo(BodyState.Partial));
    }

    private static void EchoSocket(WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/socket", async (HttpContext context) =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            byte[] buffer = new byte[16];
            WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.ReceiveAsync(buffer, CancellationToken.None);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
    }

    private static Task<TestApp> Http2Async(Action<WebApplication> map)
        => TestApp.StartAsync(map, options => options.RecordEverything = true, builder =>
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2)));

    private static Task<HttpResponseMessage> SendAsync(TestApp app, HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        return app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
