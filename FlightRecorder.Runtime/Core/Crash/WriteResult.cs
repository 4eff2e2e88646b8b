namespace FlightRecorder;

/// <summary>Whether a line was handed to the operating system.</summary>
/// <param name="Ok">It was.</param>
/// <param name="Errno">Otherwise the name of the system's error, such as <c>ENOSPC</c>; null where there was none.</param>
public readonly record struct WriteResult(bool Ok, string? Errno);
