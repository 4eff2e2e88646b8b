using System.Text.Json;
using FlightRecorder.Tests.Testing.Support;
using Microsoft.AspNetCore.Mvc;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>Endpoints that take secrets in every position, and repeat them as their handler is told.</summary>
internal static class PropertyApp
{
    public static Task<TestApp> StartAsync(EchoingHandler handler, bool scrubEchoes, bool listHeaders)
        => TestApp.StartAsync(
            app => Map(app, handler),
            options =>
            {
                options.Redaction.ScrubEchoes = scrubEchoes;
                if (listHeaders)
                {
                    options.RequestHeaders = ["authorization", "cookie", "x-api-key", "x-note", "user-agent"];
                    options.ResponseHeaders = ["set-cookie", "location", "etag", "content-type"];
                }
            },
            recorder => recorder.UseMemoryStore(1),
            logging => logging.AddFilter((category, _) => category?.StartsWith("FlightRecorder", StringComparison.Ordinal) == true));

    private static void Map(WebApplication app, EchoingHandler handler)
    {
        app.UseExceptionHandler(failed => failed.Run(context => context.Response.WriteAsync("failed")));
        app.MapPost("/typed", [Record] (Account account, HttpContext context) => handler.RunAsync(context));
        app.MapPost("/open", [Record] (JsonElement body, HttpContext context) => handler.RunAsync(context));
        app.MapPost("/form", [Record] async (HttpContext context) =>
        {
            await context.Request.ReadFormAsync();
            await handler.RunAsync(context);
        });
        app.MapGet("/find/{code}/end", [Record] ([Redact] string code, [FromQuery, Redact] string? q, HttpContext context) => handler.RunAsync(context));
    }
}
