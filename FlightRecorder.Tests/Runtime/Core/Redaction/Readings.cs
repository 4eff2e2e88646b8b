using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>A text as it is and decoded in every way that a canary may be encoded. Shares no code with the recorder.</summary>
internal sealed partial class Readings
{
    private readonly string[] _texts;
    private readonly byte[][] _bytes;

    public Readings(string text)
    {
        _texts = [.. Views(text).Distinct(StringComparer.Ordinal)];
        _bytes = [.. _texts.SelectMany(Bytes)];
    }

    public bool Hold(string secret)
        => Array.Exists(_texts, view => view.Contains(secret, StringComparison.Ordinal))
            || new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }.Select(encoding => encoding.GetBytes(secret)).Any(form => Array.Exists(_bytes, bytes => bytes.AsSpan().IndexOf(form) >= 0));

    private static IEnumerable<string> Views(string where)
    {
        yield return where;
        string once = Uri.UnescapeDataString(where);
        yield return once;
        yield return Uri.UnescapeDataString(once);
        yield return WebUtility.UrlDecode(where);
        yield return WebUtility.HtmlDecode(where);
        yield return where.Replace("\0", "", StringComparison.Ordinal);
        yield return Escapes().Replace(where, match => match.Value[1] == 'u' ? ((char)ushort.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString() : match.Value[1..]);
    }

    private static IEnumerable<byte[]> Bytes(string where)
    {
        foreach (Match run in Runs().Matches(where))
        {
            for (int skip = 0; skip < 4; skip++)
            {
                string part = run.Value[Math.Min(skip, run.Length)..].Replace('-', '+').Replace('_', '/');
                yield return Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, 'A'));
            }
        }

        foreach (Match run in HexRuns().Matches(where))
        {
            yield return Convert.FromHexString(run.ValueSpan[..(run.Length / 2 * 2)]);
            yield return Convert.FromHexString(run.ValueSpan.Slice(1, (run.Length - 1) / 2 * 2));
        }
    }

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}|\\[""\\/]")]
    private static partial Regex Escapes();

    [GeneratedRegex("[A-Za-z0-9+/_-]{5,}")]
    private static partial Regex Runs();

    [GeneratedRegex("[0-9a-fA-F]{8,}")]
    private static partial Regex HexRuns();
}
