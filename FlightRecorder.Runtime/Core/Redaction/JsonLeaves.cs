using System.Buffers;

namespace FlightRecorder;

/// <summary>Goes through valid, compact JSON from string to string and number to number; names are strings too.</summary>
internal ref struct JsonLeaves(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> TokenStarts = SearchValues.Create("\"-0123456789"u8);

    private readonly ReadOnlySpan<byte> _json = json;

    /// <summary>Where the token begins, its quote included.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the token.</summary>
    public int End { get; private set; }

    /// <summary>A number's text, or what stands between the quotes of a string.</summary>
    public readonly ReadOnlySpan<byte> Raw => _json[Start] == '"' ? _json[(Start + 1)..(End - 1)] : _json[Start..End];

    public bool MoveNext()
    {
        int found = _json[End..].IndexOfAny(TokenStarts);
        if (found < 0)
        {
            return false;
        }

        Start = End + found;
        End = _json[Start] == '"' ? StringEnd(_json, Start) : JsonScan.NumberEnd(_json, Start);
        return true;
    }

    /// <summary>The token's text without escapes; in the buffer where it had any.</summary>
    public readonly ReadOnlySpan<byte> Text(LineBuffer buffer)
    {
        ReadOnlySpan<byte> raw = Raw;
        if (!raw.Contains((byte)'\\'))
        {
            return raw;
        }

        buffer.Clear();
        JsonText.Unescape(raw, buffer);
        return buffer.Written;
    }

    private static int StringEnd(ReadOnlySpan<byte> json, int start)
    {
        int at = JsonScan.StringStop(json, start + 1, StringStops.None);
        while (json[at] != '"')
        {
            at = JsonScan.StringStop(json, JsonScan.EscapeEnd(json, at), StringStops.None);
        }

        return at + 1;
    }
}
