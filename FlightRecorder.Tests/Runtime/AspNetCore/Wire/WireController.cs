using Microsoft.AspNetCore.Mvc;

namespace FlightRecorder.Tests.AspNetCore.Wire;

[ApiController]
[Route("controller")]
public sealed class WireController : ControllerBase
{
    [HttpPost("orders")]
    public ActionResult<WireOrder> Create(WireOrder order) => Created("/controller/orders/1", order with { Qty = order.Qty + 1 });

    [HttpGet("missing")]
    public IActionResult Missing() => NotFound();
}

public sealed record WireOrder(string Name, int Qty);
