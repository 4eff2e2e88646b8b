namespace FlightRecorder;

/// <summary>A name with a value that <see cref="CapturedValue"/> made safe to keep.</summary>
internal readonly record struct NamedValue(string Name, object? Value);
