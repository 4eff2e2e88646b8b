using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FlightRecorder;

/// <summary>
/// A text with its percent, JSON and HTML escapes undone, without the zero bytes of UTF-16, and for each byte the place in the source it came from. An escape
/// that is none stands for itself: this looks for secrets and judges no grammar. Pooled with its scrubber.
/// </summary>
internal sealed class DecodedText
{
    private static readonly SearchValues<byte> Signs = SearchValues.Create("%\\&+\0"u8);

    private readonly LineBuffer _bytes = new(256);
    private int[] _starts = new int[256];
    private int[] _ends = new int[256];

    public ReadOnlySpan<byte> Bytes => _bytes.Written;

    /// <summary>Which escapes there were.</summary>
    public EscapeKinds Found { get; private set; }

    /// <summary>Whether anything was escaped.</summary>
    public bool Changed => Found != EscapeKinds.None;

    public int SourceStart(int index) => _starts[index];

    public int SourceEnd(int index) => _ends[index];

    /// <summary>Whether a range of <see cref="Bytes"/> stands in the source just so.</summary>
    public bool IsPlain(int start, int end) => SourceEnd(end - 1) - SourceStart(start) == end - start;

    public void Clear() => _bytes.Wipe();

    /// <param name="text">The text; that of <paramref name="inner"/> when there is one.</param>
    /// <param name="inner">The decoding that the text came from, whose places are used.</param>
    /// <param name="kinds">The escapes to undo.</param>
    public void Decode(ReadOnlySpan<byte> text, DecodedText? inner, EscapeKinds kinds)
    {
        _bytes.Clear();
        Found = EscapeKinds.None;
        int at = 0;
        while (at < text.Length)
        {
            int plain = text[at..].IndexOfAny(Signs);
            plain = plain < 0 ? text.Length - at : plain;
            Keep(text, at, plain, inner);
            at += plain;
            if (at < text.Length)
            {
                int before = _bytes.Length;
                int taken = Step(text[at..], kinds);
                Note(before, inner is null ? at : inner.SourceStart(at), inner is null ? at + taken : inner.SourceEnd(at + taken - 1));
                at += taken;
            }
        }
    }

    // Bytes that stand for themselves.
    private void Keep(ReadOnlySpan<byte> text, int at, int length, DecodedText? inner)
    {
        int before = _bytes.Length;
        _bytes.Raw(text.Slice(at, length));
        Grow();
        if (inner is not null)
        {
            inner._starts.AsSpan(at, length).CopyTo(_starts.AsSpan(before));
            inner._ends.AsSpan(at, length).CopyTo(_ends.AsSpan(before));
            return;
        }

        for (int i = 0; i < length; i++)
        {
            _starts[before + i] = at + i;
            _ends[before + i] = at + i + 1;
        }
    }

    private int Step(ReadOnlySpan<byte> text, EscapeKinds kinds)
    {
        EscapeKinds kind = KindOf(text[0]) & kinds;
        int taken = kind switch
        {
            EscapeKinds.Percent => Percent(text),
            EscapeKinds.Json => Backslash(text),
            EscapeKinds.Html => Entity(text),
            EscapeKinds.Plus => Put((byte)' ', 1),
            EscapeKinds.Utf16 => 1,
            _ => 0,
        };
        if (taken == 0)
        {
            return Put(text[0], 1);
        }

        Found |= kind;
        return taken;
    }

    private static EscapeKinds KindOf(byte sign) => sign switch
    {
        (byte)'%' => EscapeKinds.Percent,
        (byte)'\\' => EscapeKinds.Json,
        (byte)'&' => EscapeKinds.Html,
        (byte)'+' => EscapeKinds.Plus,
        0 => EscapeKinds.Utf16,
        _ => EscapeKinds.None,
    };

    private int Percent(ReadOnlySpan<byte> text)
        => text.Length >= 3 && Hex(text.Slice(1, 2)) is >= 0 and int value ? Put((byte)value, 3) : 0;

    private int Backslash(ReadOnlySpan<byte> text)
    {
        int end = JsonScan.EscapeEnd(text, 0);
        if (end < 0)
        {
            return 0;
        }

        // A pair of surrogates is one character.
        if (text[1] == 'u' && char.IsHighSurrogate((char)JsonScan.CodeUnit(text, 0)) && JsonScan.CodeUnit(text, 6) is >= 0xDC00 and <= 0xDFFF)
        {
            end = 12;
        }

        JsonText.Unescape(text[..end], _bytes);
        return end;
    }

    private int Entity(ReadOnlySpan<byte> text)
    {
        int end = text[..Math.Min(text.Length, 10)].IndexOf((byte)';');
        if (end < 2)
        {
            return 0;
        }

        ReadOnlySpan<byte> name = text[1..end];
        int value = name[0] == '#' ? Numeric(name[1..]) : Named(name);
        if (!Rune.TryCreate(value, out Rune rune))
        {
            return 0;
        }

        _bytes.Advance(rune.EncodeToUtf8(_bytes.Room(4)));
        return end + 1;
    }

    private static int Numeric(ReadOnlySpan<byte> digits)
    {
        if (!digits.IsEmpty && (digits[0] | 0x20) == 'x')
        {
            return Hex(digits[1..]);
        }

        return Utf8Parser.TryParse(digits, out int value, out int consumed) && consumed == digits.Length ? value : -1;
    }

    private static int Named(ReadOnlySpan<byte> name)
        => name.SequenceEqual("amp"u8) ? '&'
            : name.SequenceEqual("quot"u8) ? '"'
            : name.SequenceEqual("apos"u8) ? '\''
            : name.SequenceEqual("lt"u8) ? '<'
            : name.SequenceEqual("gt"u8) ? '>'
            : -1;

    private static int Hex(ReadOnlySpan<byte> digits)
        => int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value : -1;

    private int Put(byte value, int taken)
    {
        _bytes.Byte(value);
        return taken;
    }

    private void Note(int before, int start, int end)
    {
        Grow();
        _starts.AsSpan(before, _bytes.Length - before).Fill(start);
        _ends.AsSpan(before, _bytes.Length - before).Fill(end);
    }

    private void Grow()
    {
        if (_bytes.Length > _starts.Length)
        {
            int size = Math.Max(_bytes.Length, _starts.Length * 2);
            Array.Resize(ref _starts, size);
            Array.Resize(ref _ends, size);
        }
    }
}
