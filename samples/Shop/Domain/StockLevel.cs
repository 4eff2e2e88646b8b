namespace Shop.Domain;

/// <summary>A look at a shelf.</summary>
public readonly record struct StockLevel(int OnHand, int Reserved)
{
    public int Available => OnHand - Reserved;
}
