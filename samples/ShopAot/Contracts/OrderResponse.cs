using System.Text.Json.Serialization;

namespace ShopAot.Contracts;

public sealed record OrderResponse(long Id, OrderStatus Status, Customer Customer, IReadOnlyList<PlaceOrderLine> Lines, decimal Total);

[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    Placed,
    Paid,
}
