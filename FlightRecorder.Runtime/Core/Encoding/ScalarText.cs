using System.Globalization;

namespace FlightRecorder;

/// <summary>How a value of <see cref="CapturedValue"/> stands in JSON.</summary>
internal enum ScalarKind
{
    Null,
    Boolean,
    Number,
    Text,
    Bytes,
    Json,
}

/// <summary>The invariant text of captured values.</summary>
internal static class ScalarText
{
    private const long MaxExact = 1L << 53;

    /// <summary>Appends the value's text, unquoted; says how it stands in JSON. Numbers that a double cannot hold exactly are text.</summary>
    public static ScalarKind Append(object? value, LineBuffer text)
    {
        switch (value)
        {
            case null: return ScalarKind.Null;
            case string s: text.Transcoded(s); return ScalarKind.Text;
            case bool b: text.Boolean(b); return ScalarKind.Boolean;
            case byte or sbyte or short or ushort or int or uint or long: return Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture), text);
            case ulong n: text.Unquoted(n, default); return n <= MaxExact ? ScalarKind.Number : ScalarKind.Text;
            case float f: text.Unquoted(f, "R"); return float.IsFinite(f) ? ScalarKind.Number : ScalarKind.Text;
            case double d: text.Unquoted(d, "R"); return double.IsFinite(d) ? ScalarKind.Number : ScalarKind.Text;
            case decimal d: text.Unquoted(d, default); return IsExact(d) ? ScalarKind.Number : ScalarKind.Text;
            case CutText cut: text.Transcoded(cut.Text); return ScalarKind.Text;
            case ByteCount count: text.Number(count.Bytes); return ScalarKind.Bytes;
            case JsonFragment json: text.Raw(json.Utf8); return ScalarKind.Json;
            default: return Formatted(value, text);
        }
    }

    private static ScalarKind Integer(long value, LineBuffer text)
    {
        text.Number(value);
        return value is >= -MaxExact and <= MaxExact ? ScalarKind.Number : ScalarKind.Text;
    }

    private static ScalarKind Formatted(object value, LineBuffer text)
    {
        switch (value)
        {
            case DateTime t: text.Unquoted(t, "O"); break;
            case DateTimeOffset t: text.Unquoted(t, "O"); break;
            case DateOnly t: text.Unquoted(t, "O"); break;
            case TimeOnly t: text.Unquoted(t, "O"); break;
            case TimeSpan t: text.Unquoted(t, "c"); break;
            case Guid g: text.Unquoted(g, "D"); break;
            default: text.Transcoded(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""); break;
        }

        return ScalarKind.Text;
    }

    // 15 significant digits always come back from a double.
    private static bool IsExact(decimal value) => Math.Abs(value) < 1e15m && (decimal)(double)value == value;
}
