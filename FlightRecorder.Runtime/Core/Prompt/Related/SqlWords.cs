namespace FlightRecorder.Prompts;

/// <summary>Finds names in SQL text.</summary>
internal static class SqlWords
{
    /// <summary>Whether the text holds the name as a whole word, quoted or not; of a qualified name its last part.</summary>
    public static bool Names(string sql, string name)
    {
        ReadOnlySpan<char> word = name.AsSpan(name.LastIndexOf('.') + 1).Trim("\"`[] ");
        if (word.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<char> rest = sql;
        char before = ' ';
        for (int at = rest.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = rest.IndexOf(word, StringComparison.OrdinalIgnoreCase))
        {
            before = at > 0 ? rest[at - 1] : before;
            int end = at + word.Length;
            if (!IsPartOfName(before) && (end == rest.Length || !IsPartOfName(rest[end])))
            {
                return true;
            }

            before = rest[end - 1];
            rest = rest[end..];
        }

        return false;
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '@';
}
