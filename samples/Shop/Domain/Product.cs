namespace Shop.Domain;

public sealed class Product
{
    public long Id { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required long PriceCents { get; init; }
}
