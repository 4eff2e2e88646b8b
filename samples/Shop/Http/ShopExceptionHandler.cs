using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Domain;

namespace Shop.Http;

/// <summary>Turns exceptions into the error envelope; what is not meant for the client becomes a 500 without details.</summary>
internal sealed partial class ShopExceptionHandler(ILogger<ShopExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        (int status, string code, string message) = exception switch
        {
            ShopException refusal => (refusal.Status, refusal.Code, refusal.Message),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => (StatusCodes.Status499ClientClosedRequest, "client_closed_request", "The client went away."),
            BadHttpRequestException bad => (bad.StatusCode, "bad_request", "The request could not be read."),
            DbUpdateConcurrencyException => (StatusCodes.Status409Conflict, "changed_meanwhile", "Someone else changed this at the same time; try again."),
            DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => (StatusCodes.Status409Conflict, "exists_already", "This exists already."),
            _ => (StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong on our side."),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            LogUnexpected(logger, exception, httpContext.TraceIdentifier);
        }

        await ErrorEnvelope.WriteAsync(httpContext, status, code, message, cancellationToken);
        return true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string requestId);
}
