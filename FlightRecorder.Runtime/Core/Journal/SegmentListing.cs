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
            if (SegmentName.TryParse(file.Name, out SegmentName name) && Describe(file, name) is { } segment)
            {
                segments.Add(segment);
            }
        }

        return segments;
    }

    private static SegmentFile? Describe(FileInfo file, SegmentName name)
    {
        try
        {
            return file.Attributes.HasFlag(FileAttributes.ReparsePoint)
                ? null
                : new SegmentFile(file.FullName, name, file.Length, file.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            // Deleted since the directory was read.
            return null;
        }
    }
}
