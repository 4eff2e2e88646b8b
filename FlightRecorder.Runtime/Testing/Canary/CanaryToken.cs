namespace FlightRecorder;

/// <summary>A unique value that must not be seen anywhere.</summary>
/// <param name="Member">The member that carries it, such as <c>PlaceOrder.Card.Number</c>, or the name it was asked for by.</param>
/// <param name="Value">The value, as it stands in JSON.</param>
public sealed record CanaryToken(string Member, string Value);
