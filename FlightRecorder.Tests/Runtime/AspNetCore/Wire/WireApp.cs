using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.Tests.AspNetCore.Wire;

/// <summary>One app with every way to read and write a body; the scenarios run against it with and without the recorder.</summary>
internal static class WireApp
{
    public const int LargeBytes = 5 * 1024 * 1024;

    public static string FilePath { get; } = Path.Combine(AppContext.BaseDirectory, "wire-file.txt");

    /// <summary>Holds event streams open until a test lets them end.</summary>
    public static SemaphoreSlim EventGate { get; } = new(0);

    /// <summary>Holds the aborting endpoint until its client has what was sent before.</summary>
    public static SemaphoreSlim AbortGate { get; } = new(0);

    public static void Build(WebApplicationBuilder builder)
    {
        File.WriteAllText(FilePath, string.Concat(Enumerable.Range(0, 2000).Select(line => $"line {line:0000}\n")));
        File.SetLastWriteTimeUtc(FilePath, DateTime.UnixEpoch);
        builder.Services.AddControllers().AddApplicationPart(typeof(WireController).Assembly);
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<TeapotHandler>();
    }

    public static void Map(WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/handled"), branch => branch.UseExceptionHandler());
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/reexecuted"), branch => branch.UseExceptionHandler("/error-page"));
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/early"), branch => branch.Use(BufferBothAsync));
        app.UseRouting();
        MapRequests(app);
        MapResponses(app);
        MapFailures(app);
        app.MapControllers();
    }

    private static void MapRequests(WebApplication app)
    {
        app.MapPost("/json", (WireOrder order) => order with { Qty = order.Qty * 2 });
        app.MapPost("/early", (WireOrder order) => order);
        app.MapPost("/copy-stream", (HttpContext context) => context.Request.Body.CopyToAsync(context.Response.Body));
        app.MapPost("/copy-reader", (HttpContext context) => context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter));
        app.MapPost("/read-stream", (Delegate)ReadStreamAsync);
        app.MapPost("/read-reader", (Delegate)ReadReaderAsync);
        app.MapPost("/synchronous", Synchronous);
        app.MapPost("/copy-synchronous", (HttpContext context) =>
        {
            AllowSynchronous(context);
            context.Request.Body.CopyTo(context.Response.Body);
            return Task.CompletedTask;
        });
        app.MapPost("/begin-end", BeginEndAsync);
        app.MapPost("/read-at-least", (Delegate)ReadAtLeastAsync);
        app.MapPost("/read-mixed", (Delegate)ReadMixedAsync);
        app.MapPost("/buffered", (Delegate)BufferedAsync);
        app.MapPost("/form", (Delegate)(async (HttpContext context) => Shown(await context.Request.ReadFormAsync())));
        app.MapPost("/unread", () => "not read");
        app.MapPost("/half-read", (Delegate)(async (HttpContext context) => $"{await context.Request.Body.ReadAtLeastAsync(new byte[4], 4)} read"));
        app.MapPost("/trailers-in", (Delegate)(async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            return context.Request.GetTrailer("X-Sum").ToString();
        }));
        app.MapPost("/large-in", (Delegate)(async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            return "got it";
        }));
    }

    private static void MapResponses(WebApplication app)
    {
        app.MapMethods("/text", ["GET", "HEAD"], () => "some text");
        app.MapGet("/empty", () => Results.NoContent());
        app.MapGet("/unchanged", () => Results.StatusCode(304));
        app.MapGet("/mixed", MixedAsync);
        app.MapGet("/flushes", FlushesAsync);
        app.MapGet("/started", async (HttpContext context) =>
        {
            await context.Response.StartAsync();
            await context.Response.WriteAsync("after start");
            await context.Response.CompleteAsync();
        });
        app.MapGet("/sized", (HttpContext context) =>
        {
            context.Response.ContentLength = 5;
            return context.Response.Body.WriteAsync("12345"u8.ToArray()).AsTask();
        });
        app.MapGet("/writer-as-stream", async (HttpContext context) =>
        {
            await using Stream stream = context.Response.BodyWriter.AsStream(leaveOpen: true);
            await stream.WriteAsync("through the writer's stream"u8.ToArray());
        });
        app.MapGet("/swapped", SwappedAsync);
        app.MapMethods("/file", ["GET", "HEAD"], () => Results.File(FilePath, "text/plain", enableRangeProcessing: true));
        app.MapGet("/bytes", () => Results.Bytes("0123456789"u8.ToArray(), "text/plain", enableRangeProcessing: true));
        app.MapGet("/image", () => Results.Bytes([1, 2, 3, 0, 255], "image/png"));
        app.MapGet("/send-file", (HttpContext context) => context.Response.SendFileAsync(FilePath, 10, 20));
        app.MapGet("/large-out", LargeOutAsync);
        app.MapGet("/events", EventsAsync);
    }

    private static void MapFailures(WebApplication app)
    {
        app.MapGet("/throw", void () => throw new InvalidOperationException("before the response"));
        app.MapGet("/throw-later", async (HttpContext context) =>
        {
            await Task.Yield();
            await context.Response.WriteAsync("partly written");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("after the response started");
        });
        app.MapGet("/handled", void () => throw new InvalidOperationException("for the handler"));
        app.MapGet("/reexecuted", void () => throw new InvalidOperationException("for the page"));
        app.MapGet("/error-page", (HttpContext context) => "page for " + context.Features.Get<IExceptionHandlerFeature>()?.Error.Message);
        app.MapGet("/abort", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("before the abort");
            await context.Response.Body.FlushAsync();
            await AbortGate.WaitAsync();
            context.Abort();
        });
    }

    // What logging middleware in front of routing does: reads the request and rewinds it, and holds the response back.
    private static async Task BufferBothAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Request.Body.Position = 0;
        Stream own = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        await next(context);
        context.Response.Body = own;
        context.Response.Headers["x-bytes"] = buffer.Length.ToString();
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body);
        await context.Response.CompleteAsync();
    }

    private static async Task<string> ReadStreamAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return "read " + (await reader.ReadToEndAsync()).Length;
    }

    private static Task Synchronous(HttpContext context)
    {
        AllowSynchronous(context);
        byte[] buffer = new byte[3];
        context.Response.Body.WriteByte((byte)context.Request.Body.ReadByte());
        context.Response.Body.Write(buffer, 0, context.Request.Body.Read(buffer, 0, 3));
        int read;
        while ((read = context.Request.Body.Read(buffer.AsSpan())) > 0)
        {
            context.Response.Body.Write(buffer.AsSpan(0, read));
        }

        context.Response.Body.Flush();
        return Task.CompletedTask;
    }

    private static async Task BeginEndAsync(HttpContext context)
    {
        byte[] buffer = new byte[64];
        Stream request = context.Request.Body;
        Stream response = context.Response.Body;
        int read;
        while ((read = await Task.Factory.FromAsync(request.BeginRead(buffer, 0, buffer.Length, null, null), request.EndRead)) > 0)
        {
            await Task.Factory.FromAsync(response.BeginWrite(buffer, 0, read, null, null), response.EndWrite);
        }
    }

    private static void AllowSynchronous(HttpContext context) => context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;

    // Shows everything again until all is there, and only then takes it.
    private static async Task<string> ReadReaderAsync(HttpContext context)
    {
        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            if (result.IsCompleted)
            {
                string text = Encoding.UTF8.GetString(result.Buffer);
                reader.AdvanceTo(result.Buffer.End);
                return "read " + text.Length;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async Task<string> ReadAtLeastAsync(HttpContext context)
    {
        ReadResult result = await context.Request.BodyReader.ReadAtLeastAsync(6);
        string first = Encoding.UTF8.GetString(result.Buffer.Slice(0, 6));
        context.Request.BodyReader.AdvanceTo(result.Buffer.GetPosition(6));
        return first;
    }

    private static async Task<string> ReadMixedAsync(HttpContext context)
    {
        ReadResult result = await context.Request.BodyReader.ReadAtLeastAsync(3);
        context.Request.BodyReader.AdvanceTo(result.Buffer.GetPosition(3));
        using var rest = new StreamReader(context.Request.Body);
        return await rest.ReadToEndAsync();
    }

    private static async Task<string> BufferedAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var once = new StreamReader(context.Request.Body, leaveOpen: true);
        string first = await once.ReadToEndAsync();
        context.Request.Body.Position = 0;
        ReadResult again = await context.Request.BodyReader.ReadAtLeastAsync(first.Length);
        return first + "|" + Encoding.UTF8.GetString(again.Buffer);
    }

    private static string Shown(IFormCollection form)
        => string.Join(';', form.Select(field => $"{field.Key}={field.Value}")) + string.Concat(form.Files.Select(file => $";{file.Name}:{file.FileName}:{file.Length}"));

    private static async Task MixedAsync(HttpContext context)
    {
        PipeWriter writer = context.Response.BodyWriter;
        Put(writer, "a1 ");
        await context.Response.Body.WriteAsync("b2 "u8.ToArray());
        Put(writer, "c3 ");
        Put(writer, "d4 ");
        await writer.WriteAsync("e5 "u8.ToArray());
        await context.Response.WriteAsync("f6 ");
        Put(writer, "g7");
    }

    private static async Task FlushesAsync(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        for (int i = 0; i < 3; i++)
        {
            Put(context.Response.BodyWriter, $"part {i};");
            await context.Response.BodyWriter.FlushAsync();
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"tail {i};"));
            await context.Response.Body.FlushAsync();
        }
    }

    // What response-rewriting middleware does: a buffer in the body's place, and the body put back.
    private static async Task SwappedAsync(HttpContext context)
    {
        Stream own = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        await context.Response.WriteAsync("rewritten");
        context.Response.Body = own;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body);
    }

    private static async Task LargeOutAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        byte[] block = Encoding.ASCII.GetBytes(new string('x', 1023) + "\n");
        for (int sent = 0; sent < LargeBytes; sent += block.Length)
        {
            await context.Response.Body.WriteAsync(block);
        }
    }

    private static async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: first\n\n");
        await context.Response.Body.FlushAsync();
        await EventGate.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("data: last\n\n");
    }

    private static void Put(PipeWriter writer, string text)
    {
        int written = Encoding.UTF8.GetBytes(text, writer.GetSpan(text.Length));
        writer.Advance(written);
    }

    private sealed class TeapotHandler : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (!httpContext.Request.Path.StartsWithSegments("/handled"))
            {
                return false;
            }

            httpContext.Response.StatusCode = StatusCodes.Status418ImATeapot;
            await httpContext.Response.WriteAsync("handled " + exception.Message, cancellationToken);
            return true;
        }
    }
}
