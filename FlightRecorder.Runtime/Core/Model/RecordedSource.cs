namespace FlightRecorder;

/// <summary>A type that a recording is about, and where it is declared.</summary>
/// <param name="Kind">request, response or entity.</param>
/// <param name="Name">The type's name.</param>
/// <param name="Location">Its file and line relative to the repository root.</param>
public sealed record RecordedSource(string Kind, string Name, string Location);
