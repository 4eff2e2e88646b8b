using System.ComponentModel.DataAnnotations;

namespace Shop.Contracts;

public sealed record ReceiveStock([Range(1, 100_000)] int Quantity);
