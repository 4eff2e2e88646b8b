using FlightRecorder;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopAot.Contracts;
using ShopAot.Data;
using ShopAot.Http;

namespace ShopAot.Endpoints;

internal static class OrderEndpoints
{
    // A number for trying out how a refusal looks.
    private const string AlwaysDeclined = "4000000000000002";

    public static void MapOrders(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/orders", Place);
        endpoints.MapGet("/api/orders/{id:long}", Get);
        endpoints.MapPost("/api/orders/{id:long}/payments", Pay);
    }

    [Record]
    private static async Task<Created<OrderResponse>> Place(PlaceOrder order, OrderStore orders, CancellationToken cancellationToken)
    {
        if (order.Lines.Count == 0)
        {
            throw ShopException.Invalid("lines must not be empty.");
        }

        OrderResponse placed = await orders.PlaceAsync(order, cancellationToken);
        return TypedResults.Created($"/api/orders/{placed.Id}", placed);
    }

    [Record]
    private static Task<OrderResponse> Get(long id, OrderStore orders, CancellationToken cancellationToken)
        => orders.GetAsync(id, cancellationToken);

    // Some processors repeat the number in their refusal, and so does this one.
    [Record]
    private static Task<OrderResponse> Pay(long id, PayOrder payment, OrderStore orders, CancellationToken cancellationToken)
        => payment.CardNumber == AlwaysDeclined
            ? throw new ShopException(StatusCodes.Status402PaymentRequired, "declined", $"Card {payment.CardNumber} was declined by its issuer.")
            : orders.MarkPaidAsync(id, cancellationToken);
}
