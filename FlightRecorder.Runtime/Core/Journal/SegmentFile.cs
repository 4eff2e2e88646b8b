namespace FlightRecorder;

/// <summary>A segment as it lies in the directory.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">Its name, read.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="LastWrite">When it was written last.</param>
internal sealed record SegmentFile(string Path, SegmentName Name, long Bytes, DateTimeOffset LastWrite);
