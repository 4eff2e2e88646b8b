using Dapper;
using DataApp;
using FlightRecorder;
using Microsoft.EntityFrameworkCore;
using Npgsql;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string database = builder.Configuration["DATABASE"] ?? "Host=localhost";
builder.Services.AddFlightRecorder(options => options.AppName = "data").UseMemoryStore();
builder.Services.AddDbContext<ShopDb>(options => options.UseNpgsql(database).UseFlightRecorder());
builder.Services.AddSingleton(NpgsqlDataSource.Create(database).WithFlightRecorder());
WebApplication app = builder.Build();
app.MapGet("/orders/{id:int}", [Record] (int id, ShopDb shop) => shop.Orders.SingleOrDefaultAsync(order => order.Id == id));
app.MapGet("/count", [Record] async (System.Data.Common.DbDataSource source) =>
{
    await using System.Data.Common.DbConnection connection = await source.OpenConnectionAsync();
    return await connection.ExecuteScalarAsync<int>("select count(*) from orders");
});
app.Run();

namespace DataApp
{
    public sealed class Order
    {
        public int Id { get; set; }

        [Redact]
        public string Note { get; set; } = "";
    }

    [Record]
    public sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();
    }
}
