namespace FlightRecorder;

/// <summary>Writes the texts of a recording as JSON strings: scrubbed, and cut where the line would grow too long.</summary>
internal sealed class LeafWriter(LineBuffer line, EchoScrubber scrubber)
{
    private readonly LineBuffer _utf8 = new(1024);
    private readonly LineBuffer _masked = new(1024);
    private readonly LineBuffer _maskedJson = new(256);

    // A content type is written twice, as a header and with its body.
    private string? _clean;

    /// <summary>Longer texts are cut, after scrubbing; in bytes.</summary>
    public int MaxBytes { get; set; } = int.MaxValue;

    /// <summary>The rules of this recording; set before use.</summary>
    public RedactionRules Rules { get; set; } = null!;

    /// <summary>A name or text with nothing secret by its shape.</summary>
    public void Text(string text)
    {
        if (MaxBytes < int.MaxValue)
        {
            Utf8(Transcoded(text));
            return;
        }

        // As it is written, escaped where it must be, it can be searched as well as before: a search finds escapes suspicious.
        int before = line.Length;
        line.Text(text);
        if (!scrubber.IsOn || text.Length < scrubber.ShortestChars || ReferenceEquals(text, _clean) || ContentTypes.IsUsual(text))
        {
            return;
        }

        if (scrubber.MayEcho(line.From(before)))
        {
            line.CutTo(before);
            Utf8(Transcoded(text));
        }
        else
        {
            _clean = text;
        }
    }

    /// <summary>A text in which values may stand beside secret names.</summary>
    public void Message(string text, TextNotation notation = TextNotation.Equals)
    {
        // Scrubbed first: of a value that is known whole, the notation may show only the beginning.
        ReadOnlySpan<byte> utf8 = Transcoded(text);
        utf8 = scrubber.TryScrub(utf8) ? scrubber.Result : utf8;
        utf8 = Masked(utf8, notation, _masked);
        Cut(notation == TextNotation.SqlLiteral ? Masked(utf8, TextNotation.QuotedColon, _maskedJson) : utf8);
    }

    /// <summary>A text as valid UTF-8.</summary>
    public void Utf8(ReadOnlySpan<byte> utf8) => Cut(scrubber.TryScrub(utf8) ? scrubber.Result : utf8);

    /// <summary>A text as valid UTF-8 that goes on somewhere else: it must not end with the beginning of a secret.</summary>
    public void CutUtf8(ReadOnlySpan<byte> utf8) => Cut(scrubber.WithoutCutSecret(scrubber.TryScrub(utf8) ? scrubber.Result : utf8));

    /// <summary>The name of a member that the app chose.</summary>
    public void Name(string name)
    {
        line.Separate();
        Text(name);
        line.Byte((byte)':');
    }

    /// <summary>A member, unless it has no value.</summary>
    public void Optional(ReadOnlySpan<byte> member, string? text)
    {
        if (text is not null)
        {
            line.Member(member);
            Text(text);
        }
    }

    /// <summary>A message member, unless it has no value.</summary>
    public void OptionalMessage(ReadOnlySpan<byte> member, string? text, TextNotation notation = TextNotation.Equals)
    {
        if (text is not null)
        {
            line.Member(member);
            Message(text, notation);
        }
    }

    /// <summary>A text, or what stands for it.</summary>
    public void TextUnlessHidden(string text, MemberAction action)
    {
        if (action.IsHidden)
        {
            HiddenValue.Write(line, action.Mode, Transcoded(text), isScalar: true, Rules);
        }
        else
        {
            Text(text);
        }
    }

    public void Clear()
    {
        _utf8.Wipe();
        _masked.Wipe();
        MaxBytes = int.MaxValue;
        _clean = null;
    }

    private ReadOnlySpan<byte> Masked(ReadOnlySpan<byte> utf8, TextNotation notation, LineBuffer masked)
    {
        masked.Clear();
        return TextRedactor.Redact(utf8, notation, Rules.Unknown, Rules, masked, secrets: null) ? masked.Written : utf8;
    }

    private void Cut(ReadOnlySpan<byte> utf8)
        => line.Text(utf8.Length <= MaxBytes ? utf8 : utf8[..Utf8Cut.LengthWithoutCutRune(utf8[..MaxBytes])]);

    private ReadOnlySpan<byte> Transcoded(string text)
    {
        _utf8.Clear();
        _utf8.Transcoded(text);
        return _utf8.Written;
    }
}
