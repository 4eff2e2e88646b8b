using Shop.Domain;

namespace Shop.Contracts;

public sealed record OrderResponse(long Id, long CustomerId, string Status, long TotalCents, DateTimeOffset PlacedAt, IReadOnlyList<OrderLineResponse> Lines)
{
    public static OrderResponse From(Order order) => new(
        order.Id,
        order.CustomerId,
        order.Status.ToString().ToLowerInvariant(),
        order.TotalCents,
        order.PlacedAt,
        [.. order.Lines.Select(line => new OrderLineResponse(line.ProductId, line.Quantity))]);
}

public sealed record OrderLineResponse(long ProductId, int Quantity);
