namespace Shop.Domain;

/// <summary>What lies on the shelf of one product, and how much of it is promised to orders.</summary>
public sealed class StockItem
{
    public long ProductId { get; init; }

    public int OnHand { get; set; }

    public int Reserved { get; set; }

    /// <summary>Changes with each write: two requests that change one row at once do not both succeed.</summary>
    public uint Version { get; init; }

    public StockLevel Level => new(OnHand, Reserved);

    public void Receive(int quantity) => OnHand += quantity;

    public void Ship(int quantity)
    {
        OnHand -= quantity;
        Reserved -= quantity;
    }
}
