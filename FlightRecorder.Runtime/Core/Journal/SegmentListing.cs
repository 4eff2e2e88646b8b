namespace FlightRecorder;

/// <summary>The segments of a directory.</summary>
internal static class SegmentListing
{
    /// <summary>Regular files only: links are not followed, and a FIFO, whose size is 0, is never opened by who skips empty files.</summary>
    public static IReadOnlyList<SegmentFile> Of(string directory)
    {
        var segments = new List<SegmentFile>();
        if (!Directory.Exists(directory))
        {
            return segments;
        }

        foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles())
        {
            if (!file.Attributes.HasFlag(FileAttributes.ReparsePoint) && SegmentName.TryParse(file.Name, out SegmentName name))
            {
                segments.Add(new SegmentFile(file.FullName, name, file.Length, file.LastWriteTimeUtc));
            }
        }

        return segments;
    }
}
