using FlightRecorder;
using Microsoft.AspNetCore.Mvc.Testing;

// The test project is the app itself: there is no other folder for the factory to find.
[assembly: WebApplicationFactoryContentRoot("FlightRecorder.Testing.Tests, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null", ".", "FlightRecorder.Testing.Tests.dll", "-1000")]

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlightRecorder().UseMemoryStore();

WebApplication app = builder.Build();
app.MapPost("/customers", [Record] (NewCustomer customer) => customer.Email.Contains('@')
    ? Results.Created($"/customers/{customer.Name}", customer)
    : Results.BadRequest($"{customer.Email} is no address."));
app.Run();

internal sealed record NewCustomer(string Name, [Redact] string Email, [Redact] Card? Card);

internal sealed record Card(string Number, string Holder);
