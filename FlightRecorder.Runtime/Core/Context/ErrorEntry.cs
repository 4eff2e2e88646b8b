namespace FlightRecorder;

/// <summary>An exception seen by a live recording; its text is made when the line is written.</summary>
internal readonly record struct ErrorEntry(long AtUs, Exception Exception, bool Handled);

/// <summary>A part that could not be captured, and why.</summary>
internal readonly record struct GapEntry(string What, string Why);
