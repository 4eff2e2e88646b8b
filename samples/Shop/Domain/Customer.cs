using FlightRecorder;

namespace Shop.Domain;

public sealed class Customer
{
    public long Id { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    [Redact]
    public required string PasswordHash { get; init; }
}
