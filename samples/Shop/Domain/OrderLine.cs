namespace Shop.Domain;

public sealed class OrderLine
{
    public long Id { get; init; }

    public long OrderId { get; init; }

    public required long ProductId { get; init; }

    public required int Quantity { get; init; }
}
