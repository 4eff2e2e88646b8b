using FlightRecorder;
using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Movements;
using Shop.Services;

namespace Shop.Controllers;

[ApiController, Route("api/orders"), Record]
public sealed class OrdersController(OrderService orders) : ControllerBase
{
    [HttpPost]
    public async Task<ActionResult<OrderResponse>> Create(PlaceOrder request, CancellationToken cancellationToken)
    {
        OrderResponse order = OrderResponse.From(await orders.PlaceAsync(request, cancellationToken));
        return CreatedAtAction(nameof(Get), new { id = order.Id }, order);
    }

    [HttpPost("{id:long}/ship")]
    public async Task<ActionResult<OrderResponse>> Ship(long id, CancellationToken cancellationToken)
        => OrderResponse.From(await orders.ShipAsync(id, cancellationToken));

    [HttpPost("{id:long}/return")]
    public async Task<ActionResult<OrderResponse>> Return(long id, ReturnOrder request, CancellationToken cancellationToken)
        => OrderResponse.From(await orders.ReturnAsync(id, request, cancellationToken));

    [HttpGet("{id:long}")]
    public async Task<ActionResult<OrderResponse>> Get(long id, CancellationToken cancellationToken)
        => OrderResponse.From(await orders.GetAsync(id, cancellationToken));

    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<OrderResponse>>> List([FromQuery] ListOrders page, CancellationToken cancellationToken)
        => (await orders.ListAsync(page, cancellationToken)).Select(OrderResponse.From).ToList();
}
