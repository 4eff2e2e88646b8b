using FlightRecorder;

namespace ShopAot.Contracts;

public sealed record Customer(string Name, [Redact] string Phone);
