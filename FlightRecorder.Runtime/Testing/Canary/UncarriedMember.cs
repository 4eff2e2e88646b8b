namespace FlightRecorder;

/// <summary>A marked member that no token fits into, so that nothing was proved about it.</summary>
/// <param name="Member">The member, such as <c>PlaceOrder.IsGift</c>.</param>
/// <param name="Why">The reason.</param>
public sealed record UncarriedMember(string Member, string Why);
