using System.ComponentModel.DataAnnotations;

namespace Shop.Contracts;

public sealed record PlaceOrder(
    [Range(1, long.MaxValue)] long CustomerId,
    [Required, MinLength(1), MaxLength(50)] IReadOnlyList<PlaceOrderLine> Lines);

public sealed record PlaceOrderLine(
    [Range(1, long.MaxValue)] long ProductId,
    [Range(1, 1000)] int Quantity);
