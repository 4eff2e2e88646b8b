using Microsoft.Extensions.Primitives;

namespace FlightRecorder;

/// <summary>A header, query or route value of a live recording; several values of one name stay together.</summary>
internal readonly record struct NameValues(string Name, StringValues Values);
