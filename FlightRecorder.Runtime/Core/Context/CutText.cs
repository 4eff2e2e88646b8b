namespace FlightRecorder;

/// <summary>The beginning of a text of a row. Its last words may be the first of a secret, which as a whole would be found.</summary>
/// <param name="Text">What was read of it.</param>
internal sealed record CutText(string Text)
{
    // A text without any space in its end is one long word: so much of it is not given up.
    private const int MaxWord = 1024;

    /// <summary>The text, or its beginning up to the end of a word when it has more characters than that.</summary>
    public static object Of(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
        {
            return text;
        }

        int end = 0;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (maxCharacters-- == 0)
            {
                return new CutText(text[..EndOfWord(text, end)]);
            }

            end += rune.Utf16SequenceLength;
        }

        return text;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static int EndOfWord(string text, int end)
    {
        int space = text.AsSpan(0, end).LastIndexOfAny(" \t\r\n");
        return space >= end - MaxWord ? space + 1 : end;
    }
}
