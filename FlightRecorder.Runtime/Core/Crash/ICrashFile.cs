namespace FlightRecorder;

/// <summary>Where lines go; used by one thread at a time. Failures are numbers of <see cref="Errno"/>.</summary>
internal interface ICrashFile
{
    /// <summary>What went wrong with the last change to a new file, though the line was written; 0 is nothing.</summary>
    int RotationFailure { get; }

    /// <summary>Makes the parent directory and opens the file; 0, or why not.</summary>
    int Probe();

    /// <summary>Appends a whole line; 0, or why not.</summary>
    int Append(ReadOnlySpan<byte> line);
}
