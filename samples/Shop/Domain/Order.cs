namespace Shop.Domain;

public sealed class Order
{
    public long Id { get; init; }

    public required long CustomerId { get; init; }

    public OrderStatus Status { get; private set; } = OrderStatus.Placed;

    public required long TotalCents { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required List<OrderLine> Lines { get; init; }

    public void MarkPaid() => Move(OrderStatus.Placed, OrderStatus.Paid);

    public void MarkShipped() => Move(OrderStatus.Paid, OrderStatus.Shipped);

    public void MarkReturned() => Move(OrderStatus.Shipped, OrderStatus.Returned);

    private void Move(OrderStatus from, OrderStatus to)
    {
        if (Status != from)
        {
            throw ShopException.Conflict("wrong_order_status", $"The order is {Status}; it must be {from} first.");
        }

        Status = to;
    }
}
