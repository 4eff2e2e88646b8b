using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Shop.Contracts;

namespace Shop.Http;

/// <summary>The one shape of errors.</summary>
internal static class ErrorEnvelope
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static ErrorResponse Of(HttpContext context, string code, string message) => new(new ErrorDetail(code, message), context.TraceIdentifier);

    public static Task WriteAsync(HttpContext context, int status, string code, string message, CancellationToken cancellationToken = default)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Of(context, code, message), Json, cancellationToken);
    }

    /// <summary>For answers that are only a status: no such route, method not allowed, media type not supported.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        string reason = ReasonPhrases.GetReasonPhrase(status);
        return WriteAsync(context, status, reason.ToLowerInvariant().Replace(' ', '_'), reason + ".");
    }

    /// <summary>For input that does not meet the attributes of its contract.</summary>
    public static IActionResult FromModelState(ActionContext context)
    {
        IEnumerable<string> problems = context.ModelState
            .Where(entry => entry.Value?.Errors.Count > 0)
            .Select(entry => $"{entry.Key}: {entry.Value!.Errors[0].ErrorMessage}");
        return new BadRequestObjectResult(Of(context.HttpContext, "invalid_request", string.Join("; ", problems)));
    }
}
