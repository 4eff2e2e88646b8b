namespace FlightRecorder.Prompts;

/// <summary>Finds and compares names in SQL text.</summary>
internal static class SqlNames
{
    /// <summary>A name for comparing: <c>product_id</c>, <c>"ProductId"</c> and <c>productId</c> are one.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Of a qualified name the last part, without quotes.</summary>
    public static string Last(string name) => name[(name.LastIndexOf('.') + 1)..].Trim('"', '`', '[', ']', ' ');

    /// <summary>Whether the text holds the name as a whole word, quoted or not; of a qualified name its last part.</summary>
    public static bool Holds(string sql, string name) => Places(sql, Last(name)).Any();

    /// <summary>Whether a qualifier in the text stands for the table: its name, or the alias it is given (<c>orders AS o</c>, <c>orders o</c>).</summary>
    public static bool StandsFor(string sql, string qualifier, string table)
    {
        table = Last(table);
        qualifier = Last(qualifier);
        return string.Equals(qualifier, table, StringComparison.OrdinalIgnoreCase)
            || Places(sql, table).Any(at => string.Equals(Alias(sql, at + table.Length), qualifier, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<int> Places(string sql, string word)
    {
        int at = word.Length == 0 ? -1 : sql.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            int end = at + word.Length;
            if ((at == 0 || !IsPartOfName(sql[at - 1])) && (end == sql.Length || !IsPartOfName(sql[end])))
            {
                yield return at;
            }

            at = sql.IndexOf(word, end, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The word that follows, after an <c>AS</c> if there is one.</summary>
    private static string Alias(string sql, int from)
    {
        string[] words = sql[from..Math.Min(sql.Length, from + 140)].TrimStart('"', '`', ']').Split([' ', '\n', '\r', '\t', ',', ')', ';'], StringSplitOptions.RemoveEmptyEntries);
        int at = words.Length > 0 && words[0].Equals("AS", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return at < words.Length ? Last(words[at]) : "";
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '@';
}
