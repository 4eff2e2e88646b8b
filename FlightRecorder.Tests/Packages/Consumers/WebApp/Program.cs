using FlightRecorder;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder"));
builder.Services.AddControllers();
WebApplication app = builder.Build();
app.MapControllers();
app.MapPost("/handler", [Record] (WebApp.NewCustomer customer) => new WebApp.Greeting(customer.Name));
app.Run();
