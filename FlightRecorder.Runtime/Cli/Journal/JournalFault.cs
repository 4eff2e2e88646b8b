namespace FlightRecorder.Cli;

/// <summary>Something that is not as the recorder leaves it.</summary>
/// <param name="File">The segment's file name.</param>
/// <param name="Offset">The byte at which it begins.</param>
/// <param name="Word">One word for programs.</param>
/// <param name="Detail">A phrase for people.</param>
internal sealed record JournalFault(string File, long Offset, string Word, string Detail);
