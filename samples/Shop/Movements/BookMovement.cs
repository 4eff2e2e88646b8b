using System.ComponentModel.DataAnnotations;
using FlightRecorder;

namespace Shop.Movements;

public sealed record BookMovement(
    [Range(1, long.MaxValue)] long ProductId,
    [Range(-100_000, 100_000), DeniedValues(0, ErrorMessage = "must not be zero")] int Quantity,
    [Required, AllowedValues(MovementReason.Delivery, MovementReason.Damaged, MovementReason.Counted, ErrorMessage = "must be delivery, damaged or counted")] string Reason,
    [Required, Badge, Redact] string Badge);
