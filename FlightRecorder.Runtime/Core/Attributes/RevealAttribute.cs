namespace FlightRecorder;

/// <summary>Exempts a member from the built-in secret names, where a harmless member has a name that looks like a secret's.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class RevealAttribute : Attribute;
