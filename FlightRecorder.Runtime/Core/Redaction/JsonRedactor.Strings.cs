namespace FlightRecorder;

/// <summary>Strings that cannot be copied as they are.</summary>
internal sealed partial class JsonRedactor
{
    // A string with escapes or line separators, or a long one, from where the scan stopped. Returns its closing quote, Cut or Bad.
    private int SlowString(ReadOnlySpan<byte> json, int start, int at)
    {
        _tokenMark = _output.Length + start - _run;
        while (at < json.Length && json[at] != '"')
        {
            at = json[at] switch
            {
                (byte)'\\' => StepOverEscape(json, at),
                < 0x20 => JsonScan.Bad,
                < 0x80 => StepFar(json, at),
                _ when _stops == StringStops.BeyondAscii => IsUtf8(json, at) ? at : JsonScan.Bad,
                0xE2 => StepOverSeparator(json, at),
                _ => StepFar(json, at),
            };
            if (at < 0)
            {
                return at;
            }

            at = JsonScan.StringStopNearby(json, at, _stops);
        }

        return at < json.Length ? at : JsonScan.Cut;
    }

    // Long strings are copied while they are looked over.
    private int StepFar(ReadOnlySpan<byte> json, int at)
    {
        if (_hiddenAt >= 0 || _stops == StringStops.Separators)
        {
            return JsonScan.StringStop(json, at, _stops);
        }

        // What was looked over so far is looked over again: that costs less than to copy it by itself.
        at -= JsonScan.Far;
        Flush(json, at, at);
        int copied = StringCopy.Plain(json[at..], _output.Room(json.Length - at), _stops);
        _output.Advance(copied);
        _run = at + copied;
        return _run;
    }

    private int StepOverEscape(ReadOnlySpan<byte> json, int at)
    {
        int end = JsonScan.EscapeEnd(json, at);
        if (end < 0 || json[at + 1] != 'u')
        {
            return end;
        }

        var unit = (char)JsonScan.CodeUnit(json, at);
        if (!char.IsSurrogate(unit))
        {
            return end;
        }

        int low = char.IsHighSurrogate(unit) ? JsonScan.CodeUnit(json, end) : -1;
        if (low >= 0 && char.IsLowSurrogate((char)low))
        {
            return end + 6;
        }

        Replace(json, at, end, @"\ufffd"u8);
        return end;
    }

    private int StepOverSeparator(ReadOnlySpan<byte> json, int at)
    {
        if (at + 2 < json.Length && json[at + 1] == 0x80 && json[at + 2] is 0xA8 or 0xA9)
        {
            Replace(json, at, at + 3, json[at + 2] == 0xA8 ? @"\u2028"u8 : @"\u2029"u8);
            return at + 3;
        }

        return at + 1;
    }

    private void Replace(ReadOnlySpan<byte> json, int from, int to, ReadOnlySpan<byte> with)
    {
        if (_hiddenAt < 0)
        {
            Flush(json, from, to);
            _output.Raw(with);
        }
    }
}
