using System.Buffers;

namespace FlightRecorder;

/// <summary>Copies redacted, compact JSON and scrubs its strings, names and numbers one by one.</summary>
internal sealed class JsonEchoes(EchoScrubber scrubber)
{
    private static readonly SearchValues<byte> TokenStarts = SearchValues.Create("\"-0123456789"u8);

    private readonly LineBuffer _text = new(256);

    public void Write(ReadOnlySpan<byte> json, LineBuffer output)
    {
        if (!scrubber.MayEcho(json))
        {
            output.Raw(json);
            return;
        }

        int run = 0;
        int at = 0;
        while (json[at..].IndexOfAny(TokenStarts) is >= 0 and int found)
        {
            int start = at + found;
            bool isText = json[start] == '"';
            at = isText ? StringEnd(json, start) : JsonScan.NumberEnd(json, start);
            if (Scrub(isText ? json[(start + 1)..(at - 1)] : json[start..at]))
            {
                output.Raw(json[run..start]);
                output.Text(scrubber.Result);
                run = at;
            }
        }

        output.Raw(json[run..]);
    }

    public void Clear() => _text.Wipe();

    private bool Scrub(ReadOnlySpan<byte> token)
    {
        if (token.Length < SecretSet.MinScrubbed)
        {
            return false;
        }

        if (!token.Contains((byte)'\\'))
        {
            return scrubber.TryScrub(token);
        }

        _text.Clear();
        JsonText.Unescape(token, _text);
        return scrubber.TryScrub(_text.Written);
    }

    private static int StringEnd(ReadOnlySpan<byte> json, int start)
    {
        int at = JsonScan.StringStop(json, start + 1, separators: false);
        while (json[at] != '"')
        {
            at = JsonScan.StringStop(json, JsonScan.EscapeEnd(json, at), separators: false);
        }

        return at + 1;
    }
}
