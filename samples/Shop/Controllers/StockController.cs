using FlightRecorder;
using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Services;

namespace Shop.Controllers;

[ApiController, Route("api/stock/{productId:long}"), Record]
public sealed class StockController(StockService stock) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<StockResponse>> Get(long productId, CancellationToken cancellationToken)
        => StockResponse.From(await stock.GetAsync(productId, cancellationToken));

    [HttpPost("receipts")]
    public async Task<ActionResult<StockResponse>> Receive(long productId, ReceiveStock request, CancellationToken cancellationToken)
        => StockResponse.From(await stock.ReceiveAsync(productId, request.Quantity, cancellationToken));
}
