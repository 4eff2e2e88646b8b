namespace FlightRecorder;

/// <summary>The name of a slot file: that of its run's segments without the ordinal, such as <c>20261120T081500-9f3a11c2d4e5f607.slots</c>.</summary>
internal static class SlotName
{
    private const string Extension = ".slots";

    // Any ordinal: the series is what is looked at.
    private const string AsSegment = "-0001" + SegmentName.Extension;

    public static string Of(RunInfo run) => run + Extension;

    /// <summary>The series of the run whose slot file is so named.</summary>
    public static bool TryParse(string fileName, out string series)
    {
        series = "";
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal)
            || !SegmentName.TryParse(fileName[..^Extension.Length] + AsSegment, out SegmentName name) || !name.IsOurs)
        {
            return false;
        }

        series = name.Series;
        return true;
    }
}
