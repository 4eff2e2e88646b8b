using FlightRecorder;

namespace ShopAot.Contracts;

public sealed record PayOrder([Redact] string CardNumber, [Redact] string Cvv, string Expires);
