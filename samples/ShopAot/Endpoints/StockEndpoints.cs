using FlightRecorder;
using ShopAot.Contracts;
using ShopAot.Data;
using ShopAot.Http;

namespace ShopAot.Endpoints;

internal static class StockEndpoints
{
    public static void MapStock(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/stock/{sku}", Get);
        endpoints.MapPost("/api/stock/{sku}/movements", Move);
    }

    [Record]
    private static Task<StockResponse> Get(string sku, StockStore stock, CancellationToken cancellationToken)
        => stock.GetAsync(sku, cancellationToken);

    [Record]
    private static Task<StockResponse> Move(string sku, MoveStock movement, StockStore stock, CancellationToken cancellationToken)
        => movement.Quantity == 0
            ? throw ShopException.Invalid("quantity must not be 0.")
            : stock.MoveAsync(sku, movement, cancellationToken);
}
