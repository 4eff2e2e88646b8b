using Microsoft.AspNetCore.Diagnostics;
using ShopAot.Contracts;

namespace ShopAot.Http;

/// <summary>Turns exceptions into the one shape of errors; what is not meant for the client becomes a 500 without details.</summary>
internal static class ErrorEnvelope
{
    public static void Handle(IApplicationBuilder branch) => branch.Run(WriteAsync);

    private static Task WriteAsync(HttpContext context)
    {
        (int status, string code, string message) = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            ShopException refusal => (refusal.Status, refusal.Code, refusal.Message),
            BadHttpRequestException bad => (bad.StatusCode, "bad_request", "The request could not be read."),
            _ => (StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong on our side."),
        };
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorResponse(new ErrorDetail(code, message)), ShopJson.Default.ErrorResponse);
    }
}
