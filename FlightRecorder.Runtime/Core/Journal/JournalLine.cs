namespace FlightRecorder;

/// <summary>An intact line of the journal.</summary>
/// <param name="Bytes">The line without its line feed; valid until the next line is asked for.</param>
/// <param name="Segment">Where it lies.</param>
internal readonly record struct JournalLine(ReadOnlyMemory<byte> Bytes, SegmentFile Segment);
