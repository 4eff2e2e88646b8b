using System.Globalization;

namespace FlightRecorder;

/// <summary>
/// The name of a segment: <c>20261120T081500-9f3a11c2d4e5f607-0001.jsonl</c>, that is when its run started, the run, and its
/// ordinal within the run. A segment that could not be trusted further is renamed to <c>….4096.dirty</c>: its first 4096
/// bytes are good.
/// </summary>
internal readonly record struct SegmentName(string Series, int Ordinal, long? GoodBytes)
{
    public const string Extension = ".jsonl";
    public const string DirtyExtension = ".dirty";

    public override string ToString() => GoodBytes is { } good
        ? string.Create(CultureInfo.InvariantCulture, $"{Series}-{Ordinal:D4}.{good}{DirtyExtension}")
        : string.Create(CultureInfo.InvariantCulture, $"{Series}-{Ordinal:D4}{Extension}");

    /// <summary>Reads a name; any other <c>.jsonl</c> file is a series of its own, so that copied and renamed journals can be read.</summary>
    public static bool TryParse(string fileName, out SegmentName name)
    {
        name = default;
        long? good = null;
        string stem;
        if (fileName.EndsWith(Extension, StringComparison.Ordinal))
        {
            stem = fileName[..^Extension.Length];
        }
        else if (fileName.EndsWith(DirtyExtension, StringComparison.Ordinal) && TrySplit(fileName[..^DirtyExtension.Length], '.', out stem, out long bytes))
        {
            good = bytes;
        }
        else
        {
            return false;
        }

        name = IsSeries(stem, out string series, out long ordinal)
            ? new SegmentName(series, (int)ordinal, good)
            : new SegmentName(stem, 0, good);
        return true;
    }

    /// <summary>Whether the recorder itself gives such names; others are read, never deleted.</summary>
    public bool IsOurs => Ordinal > 0;

    // 20261120T081500-9f3a11c2d4e5f607
    private static bool IsSeries(string stem, out string series, out long ordinal)
        => TrySplit(stem, '-', out series, out ordinal)
            && ordinal is > 0 and <= int.MaxValue
            && series.Length == 32 && series[8] == 'T' && series[15] == '-'
            && series.AsSpan(16).IndexOfAnyExcept("0123456789abcdef") < 0;

    private static bool TrySplit(string text, char separator, out string head, out long number)
    {
        int at = text.LastIndexOf(separator);
        head = at < 0 ? text : text[..at];
        number = 0;
        return at > 0 && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
