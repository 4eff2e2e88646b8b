using FlightRecorder;

namespace Shop.Movements;

public sealed record MovementResponse(long Id, long ProductId, int Quantity, string Reason, [Redact] string Badge, long? OrderId, DateTimeOffset BookedAt)
{
    public static MovementResponse From(StockMovement movement) => new(
        movement.Id, movement.ProductId, movement.Quantity, movement.Reason, movement.Badge, movement.OrderId, movement.BookedAt);
}
