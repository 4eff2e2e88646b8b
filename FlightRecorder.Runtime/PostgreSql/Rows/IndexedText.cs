namespace FlightRecorder.PostgreSql;

/// <summary>Texts of columns with an index: an entry of a btree has at most 2 704 bytes, so long texts are cut, in rows and in queries alike.</summary>
internal static class IndexedText
{
    public const int MaxChars = 600;

    public static string? Of(string? text)
    {
        if (text is null || text.Length <= MaxChars)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[MaxChars - 2]) ? MaxChars - 2 : MaxChars - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
