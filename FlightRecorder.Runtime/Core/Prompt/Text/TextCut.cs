namespace FlightRecorder.Prompts;

/// <summary>Where a text may be cut.</summary>
internal static class TextCut
{
    private const int LongestEscape = 10; // \u{10ffff}

    /// <summary>The place at or before <paramref name="length"/> that splits neither a surrogate pair nor a shown character.</summary>
    public static int Before(string text, int length)
    {
        if (length >= text.Length)
        {
            return text.Length;
        }

        int cut = Math.Max(length, 0);
        int escape = text.AsSpan(0, cut).LastIndexOf('\\');
        if (escape >= 0 && cut - escape < LongestEscape && !text.AsSpan(escape, cut - escape).Contains('}'))
        {
            cut = escape;
        }

        return cut > 0 && char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut;
    }
}
