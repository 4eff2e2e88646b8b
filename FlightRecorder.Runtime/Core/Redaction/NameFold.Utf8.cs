using System.Text;

namespace FlightRecorder;

internal static partial class NameFold
{
    /// <summary>Folds a name in UTF-8.</summary>
    public static int Fold(ReadOnlySpan<byte> name, Span<char> folded)
    {
        if (name.Length > MaxChars)
        {
            name = name[^MaxChars..];
        }

        int count = 0;
        while (!name.IsEmpty)
        {
            Rune.DecodeFromUtf8(name, out Rune rune, out int consumed);
            name = name[consumed..];
            count += Append(rune, folded[count..]);
        }

        return count;
    }
}
