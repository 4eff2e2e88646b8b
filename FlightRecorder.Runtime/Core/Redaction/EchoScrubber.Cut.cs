using System.Buffers;

namespace FlightRecorder;

/// <summary>Texts that were cut off before they could be searched: their last words may be the first of a secret.</summary>
internal sealed partial class EchoScrubber
{
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    /// <summary>The text, which ends between two words, without the beginning of a secret that has spaces.</summary>
    public ReadOnlySpan<byte> WithoutCutSecret(ReadOnlySpan<byte> text)
    {
        if (!IsOn || !AnyHasSpaces())
        {
            return text;
        }

        int end = StartOfCut(text, null, text.Length);
        if (text.ContainsAny(Escapes))
        {
            foreach (EscapeKinds kinds in AnyEscapes)
            {
                _once.Decode(text, null, kinds);
                end = StartOfCut(_once.Bytes, _once, end);
                _twice.Decode(_once.Bytes, _once, kinds);
                end = StartOfCut(_twice.Bytes, _twice, end);
            }
        }

        return secrets.Overflowed ? secrets.Replacement : text[..end];
    }

    private bool AnyHasSpaces()
    {
        for (int i = 0; i < secrets.Count; i++)
        {
            if (HasSpaces(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasSpaces(int index) => !secrets.IsShort(index) && secrets[index].ContainsAny(Space);

    // Where, in the source, the first end of the text starts that a secret begins with.
    private int StartOfCut(ReadOnlySpan<byte> text, DecodedText? source, int otherwise)
    {
        if (!MaySearch(text))
        {
            return 0;
        }

        for (int i = 0; i < secrets.Count; i++)
        {
            int start = HasSpaces(i) ? Overlap(text, secrets[i]) : text.Length;
            if (start < text.Length)
            {
                otherwise = Math.Min(otherwise, source?.SourceStart(start) ?? start);
            }
        }

        return otherwise;
    }

    // The text's length when no end of it begins the secret.
    private static int Overlap(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        int start = Math.Max(0, text.Length - secret.Length);
        while (start < text.Length && !secret.StartsWith(text[start..]))
        {
            start++;
        }

        return start;
    }
}
