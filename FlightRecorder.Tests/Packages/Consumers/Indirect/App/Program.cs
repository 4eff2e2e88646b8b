using FlightRecorder;
using Library;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddRecording();
WebApplication app = builder.Build();
app.MapPost("/handler", [Record] (App.NewCustomer customer) => new App.Greeting(customer.Name));
app.Run();
