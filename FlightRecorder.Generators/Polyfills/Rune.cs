using System.Buffers;
using System.Globalization;

namespace System.Text;

/// <summary>As much of a Unicode scalar as folding a name needs; netstandard2.0 does not have it.</summary>
internal readonly struct Rune(int value)
{
    private const char Replacement = '\uFFFD';

    public int Value => value;

    public static OperationStatus DecodeFromUtf16(ReadOnlySpan<char> text, out Rune rune, out int consumed)
    {
        bool isPair = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]);
        consumed = isPair ? 2 : 1;
        rune = new Rune(isPair ? char.ConvertToUtf32(text[0], text[1]) : char.IsSurrogate(text[0]) ? Replacement : text[0]);
        return OperationStatus.Done;
    }

    public static UnicodeCategory GetUnicodeCategory(Rune rune) => CharUnicodeInfo.GetUnicodeCategory(rune.ToString(), 0);

    public static Rune ToLowerInvariant(Rune rune) => new(char.ConvertToUtf32(rune.ToString().ToLowerInvariant(), 0));

    public int EncodeToUtf16(Span<char> destination)
    {
        string text = ToString();
        text.AsSpan().CopyTo(destination);
        return text.Length;
    }

    public override string ToString() => char.ConvertFromUtf32(value);
}
