using FlightRecorder;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlightRecorder().UseMemoryStore();

WebApplication app = builder.Build();
app.MapPost("/customers", [Record] (NewCustomer customer) => customer.Email.Contains('@')
    ? Results.Created($"/customers/{customer.Name}", customer)
    : Results.BadRequest($"{customer.Email} is no address."));
app.Run();

internal sealed record NewCustomer(string Name, [Redact] string Email, [Redact] Card? Card);

internal sealed record Card(string Number, string Holder);
