using System.Data.Common;
using FlightRecorder;
using Npgsql;
using ShopAot;
using ShopAot.Contracts;
using ShopAot.Data;
using ShopAot.Endpoints;
using ShopAot.Http;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
string database = builder.Configuration["SHOP_DATABASE"]
    ?? throw new InvalidOperationException("SHOP_DATABASE is not set; it must hold the connection string of the shop's PostgreSQL database.");
DbDataSource source = new NpgsqlSlimDataSourceBuilder(database).Build().WithFlightRecorder();

if (args.Contains("schema"))
{
    await ShopSchema.CreateAsync(source);
    return;
}

ShopRecorder.Add(builder);
builder.Services.AddSingleton(_ => source);
builder.Services.AddSingleton<StockStore>();
builder.Services.AddSingleton<OrderStore>();
builder.Services.ConfigureHttpJsonOptions(options => ShopJson.Configure(options.SerializerOptions));
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));

WebApplication app = builder.Build();
app.UseExceptionHandler(ErrorEnvelope.Handle);
app.MapHealth();
app.MapStock();
app.MapOrders();
await app.RunAsync();
