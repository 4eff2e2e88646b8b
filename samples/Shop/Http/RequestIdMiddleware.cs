namespace Shop.Http;

/// <summary>Takes the caller's request id where it is sound, else makes one, and sends it back.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next)
{
    private const string Header = "x-request-id";
    private const int MaxLength = 128;

    public Task InvokeAsync(HttpContext context)
    {
        string? given = context.Request.Headers[Header];
        context.TraceIdentifier = IsSound(given) ? given : Guid.CreateVersion7().ToString();
        // Set last of all: handling an exception clears the headers.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsSound([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? id)
        => id is { Length: > 0 and <= MaxLength } && id.All(c => c is > ' ' and <= '~');
}
