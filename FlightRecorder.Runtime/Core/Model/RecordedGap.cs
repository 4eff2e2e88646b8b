namespace FlightRecorder;

/// <summary>A part that could not be captured, and why.</summary>
/// <param name="What">The part.</param>
/// <param name="Why">The reason.</param>
public sealed record RecordedGap(string What, string Why);
