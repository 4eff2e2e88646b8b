using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Data;
using Shop.Domain;

namespace Shop.Controllers;

/// <summary>Asked every few seconds by the platform, and therefore not recorded.</summary>
[ApiController, Route("health")]
public sealed class HealthController : ControllerBase
{
    [HttpGet("live")]
    public HealthResponse Live() => new("live");

    [HttpGet("ready")]
    public async Task<HealthResponse> Ready([FromServices] ShopDb db, CancellationToken cancellationToken)
        => await db.Database.CanConnectAsync(cancellationToken)
            ? new HealthResponse("ready")
            : throw new ShopException(StatusCodes.Status503ServiceUnavailable, "not_ready", "The database does not answer.");
}
