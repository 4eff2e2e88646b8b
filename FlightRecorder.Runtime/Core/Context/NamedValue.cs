namespace FlightRecorder;

/// <summary>A name with a value that <see cref="CapturedValue"/> made safe to keep.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Column">The column that a parameter is written to or compared with, where that is known: a secret name there hides it too.</param>
internal readonly record struct NamedValue(string Name, object? Value, string? Column = null);
