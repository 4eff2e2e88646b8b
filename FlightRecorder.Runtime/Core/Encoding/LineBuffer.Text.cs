using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace FlightRecorder;

/// <summary>Strings: UTF-8 as it is, but for what JSON forbids and for line separators, which some readers take for line ends.</summary>
internal sealed partial class LineBuffer
{
    // 0xE2 begins U+2028 and U+2029.
    private static readonly SearchValues<byte> Special = SearchValues.Create(
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F,
        0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F,
        (byte)'"', (byte)'\\', 0x7F, 0xE2,
    ]);

    // Longer texts are as well off with the framework's own conversion.
    private const int MaxPlain = 256;

    /// <summary>The text as a quoted JSON string; a lone surrogate becomes U+FFFD.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxPlain || !TryPlain(text))
        {
            TextInChunks(text);
        }
    }

    /// <summary>Valid UTF-8 as a quoted JSON string.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Byte((byte)'"');
        Escaped(utf8);
        Byte((byte)'"');
    }

    /// <summary>The UTF-8 of a text, neither quoted nor escaped; a lone surrogate becomes U+FFFD.</summary>
    public void Transcoded(ReadOnlySpan<char> text)
    {
        Utf8.FromUtf16(text, Room(text.Length * 3), out _, out int written, replaceInvalidSequences: true, isFinalBlock: true);
        Length += written;
    }

    [SkipLocalsInit]
    private void TextInChunks(ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        Span<byte> chunk = stackalloc byte[768];
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, chunk, out int read, out int written, replaceInvalidSequences: true, isFinalBlock: true);
            Escaped(chunk[..written]);
            text = text[read..];
        }

        Byte((byte)'"');
    }

    // Names, ids, paths and the like: ASCII with nothing to escape is narrowed straight into its place.
    private bool TryPlain(ReadOnlySpan<char> text)
    {
        ref byte target = ref MemoryMarshal.GetReference(Room(text.Length + 2));
        bool plain = text.Length < Vector128<ushort>.Count
            ? TryNarrowFew(text, ref Unsafe.Add(ref target, 1))
            : TryNarrow(text, ref Unsafe.Add(ref target, 1));
        if (plain)
        {
            target = (byte)'"';
            Unsafe.Add(ref target, text.Length + 1) = (byte)'"';
            Length += text.Length + 2;
        }

        return plain;
    }

    private static bool TryNarrowFew(ReadOnlySpan<char> text, ref byte target)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is < ' ' or > '~' or '"' or '\\')
            {
                return false;
            }

            Unsafe.Add(ref target, i) = (byte)c;
        }

        return true;
    }

    private static bool TryNarrow(ReadOnlySpan<char> text, ref byte target)
    {
        ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        int last = text.Length - Vector128<ushort>.Count;
        for (int i = 0; ; i = Math.Min(i + Vector128<ushort>.Count, last))
        {
            Vector128<ushort> part = Vector128.LoadUnsafe(ref source, (nuint)i);
            Vector128<ushort> special = Vector128.GreaterThan(part - Vector128.Create((ushort)' '), Vector128.Create((ushort)('~' - ' ')))
                | Vector128.Equals(part, Vector128.Create((ushort)'"'))
                | Vector128.Equals(part, Vector128.Create((ushort)'\\'));
            if (special != Vector128<ushort>.Zero)
            {
                return false;
            }

            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), Vector128.Narrow(part, part).AsUInt64().ToScalar());
            if (i == last)
            {
                return true;
            }
        }
    }

    private void Escaped(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            int special = utf8.IndexOfAny(Special);
            if (special < 0)
            {
                Raw(utf8);
                return;
            }

            Raw(utf8[..special]);
            utf8 = utf8[(special + Escape(utf8[special..]))..];
        }
    }

    // Returns how many bytes it took.
    private int Escape(ReadOnlySpan<byte> utf8)
    {
        byte value = utf8[0];
        if (value == 0xE2)
        {
            bool separator = utf8.Length > 2 && utf8[1] == 0x80 && utf8[2] is 0xA8 or 0xA9;
            Raw(separator ? (utf8[2] == 0xA8 ? @"\u2028"u8 : @"\u2029"u8) : utf8[..1]);
            return separator ? 3 : 1;
        }

        ReadOnlySpan<byte> named = value switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => @"\\"u8,
            (byte)'\n' => @"\n"u8,
            (byte)'\r' => @"\r"u8,
            (byte)'\t' => @"\t"u8,
            _ => [],
        };
        Raw(named);
        if (named.IsEmpty)
        {
            Raw(@"\u00"u8);
            Unquoted(value, "x2");
        }

        return 1;
    }
}
