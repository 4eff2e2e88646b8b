namespace Shop.Movements;

internal static class MovementReason
{
    public const string Delivery = "delivery";
    public const string Damaged = "damaged";
    public const string Counted = "counted";

    /// <summary>Booked by returning an order only.</summary>
    public const string Returned = "returned";
}
