using FlightRecorder;

namespace Shop.Movements;

/// <summary>Goods that came to a shelf or left it other than by shipping; written and read with Dapper.</summary>
public sealed class StockMovement
{
    public long Id { get; init; }

    public required long ProductId { get; init; }

    /// <summary>Negative when goods left.</summary>
    public required int Quantity { get; init; }

    public required string Reason { get; init; }

    /// <summary>Of whoever booked it: it opens the store-room, too.</summary>
    [Redact]
    public required string Badge { get; init; }

    /// <summary>The order whose goods came back, or null.</summary>
    public long? OrderId { get; init; }

    public required DateTimeOffset BookedAt { get; init; }
}
