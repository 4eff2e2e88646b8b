namespace FlightRecorder.AdoNet;

/// <summary>
/// Whether a text may hold transaction control: it begins with such a word or with a comment, or it has several statements. Cheap, for
/// commands outside any recording.
/// </summary>
internal static class ControlText
{
    private static readonly string[] Words = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE", "SET"];

    public static bool IsLikely(string sql)
    {
        ReadOnlySpan<char> text = sql.AsSpan().TrimStart();
        return BeginsWithWord(text) || text.StartsWith("--") || text.StartsWith("/*") || text.TrimEnd("; \r\n\t").Contains(';');
    }

    private static bool BeginsWithWord(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || (text[0] | 0x20) is not ('b' or 's' or 'c' or 'e' or 'r' or 'a' or 'p'))
        {
            return false;
        }

        foreach (string word in Words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
