using FlightRecorder;
using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Services;

namespace Shop.Controllers;

[ApiController, Route("api/customers"), Record]
public sealed class CustomersController(CustomerService customers) : ControllerBase
{
    [HttpPost]
    public async Task<ActionResult<CustomerResponse>> Register(RegisterCustomer request, CancellationToken cancellationToken)
    {
        CustomerResponse customer = CustomerResponse.From(await customers.RegisterAsync(request, cancellationToken));
        return CreatedAtAction(nameof(Get), new { id = customer.Id }, customer);
    }

    [HttpGet("{id:long}")]
    public async Task<ActionResult<CustomerResponse>> Get(long id, CancellationToken cancellationToken)
        => CustomerResponse.From(await customers.GetAsync(id, cancellationToken));
}
