using FlightRecorder;
using Microsoft.AspNetCore.Mvc;

namespace WebApp;

[ApiController]
[Route("customers")]
[Record]
public sealed class CustomersController : ControllerBase
{
    [HttpPost]
    public ActionResult<Greeting> Create(NewCustomer customer) => new Greeting(customer?.Name ?? "");
}
