using FlightRecorder;

namespace Shop.Domain;

public sealed class Payment
{
    public long Id { get; init; }

    public required long OrderId { get; init; }

    public required long AmountCents { get; init; }

    [Redact(RedactMode.Last4)]
    public required string MaskedCard { get; init; }

    public required DateTimeOffset PaidAt { get; init; }
}
