namespace FlightRecorder.Prompts;

/// <summary>A place in the source.</summary>
/// <param name="What">What is there.</param>
/// <param name="Location">File and line.</param>
internal readonly record struct CodePlace(string What, string Location);
