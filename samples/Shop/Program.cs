using FlightRecorder;
using Shop.Data;
using Shop.Http;
using Shop.Services;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string database = builder.Configuration["SHOP_DATABASE"]
    ?? throw new InvalidOperationException("SHOP_DATABASE is not set; it must hold the connection string of the shop's PostgreSQL database.");

FlightRecorderBuilder recorder = builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder"));
if (builder.Configuration.GetConnectionString("flight") is { Length: > 0 } store)
{
    recorder.UsePostgresStore(store);
}

builder.Services.AddShopDatabase(database);
builder.Services.AddShopServices();
builder.Services.AddShopControllers();
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));

WebApplication app = builder.Build();
app.UseMiddleware<RequestIdMiddleware>();
app.UseExceptionHandler(_ => { });
app.UseStatusCodePages(context => ErrorEnvelope.WriteStatusAsync(context.HttpContext));
app.MapControllers();

await ShopSchema.CreateAsync(app.Services);
await app.RunAsync();
