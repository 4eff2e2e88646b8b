using FlightRecorder;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Movements;

[ApiController, Route("api/stock"), Record]
public sealed class MovementsController(MovementService movements) : ControllerBase
{
    [HttpPost("movements")]
    public async Task<ActionResult<MovementResponse>> Book(BookMovement request, CancellationToken cancellationToken)
    {
        MovementResponse movement = MovementResponse.From(await movements.BookAsync(request, cancellationToken));
        return CreatedAtAction(nameof(List), new { productId = movement.ProductId }, movement);
    }

    [HttpGet("{productId:long}/movements")]
    public async Task<ActionResult<IReadOnlyList<MovementResponse>>> List(long productId, [FromQuery] ListMovements page, CancellationToken cancellationToken)
        => (await movements.ListAsync(productId, page, cancellationToken)).Select(MovementResponse.From).ToList();
}
