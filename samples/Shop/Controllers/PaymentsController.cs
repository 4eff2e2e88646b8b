using FlightRecorder;
using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Services;

namespace Shop.Controllers;

[ApiController, Route("api/orders/{orderId:long}/payments"), Record]
public sealed class PaymentsController(PaymentService payments) : ControllerBase
{
    [HttpPost]
    public async Task<ActionResult<PaymentResponse>> Pay(long orderId, PayOrder request, CancellationToken cancellationToken)
        => PaymentResponse.From(await payments.PayAsync(orderId, request, cancellationToken));
}
