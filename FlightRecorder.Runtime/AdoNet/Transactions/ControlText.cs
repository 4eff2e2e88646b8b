namespace FlightRecorder.AdoNet;

/// <summary>Whether a text begins with a word of transaction control; cheap, for commands outside any recording.</summary>
internal static class ControlText
{
    private static readonly string[] Words = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE"];

    public static bool IsLikely(string sql)
    {
        ReadOnlySpan<char> text = sql.AsSpan().TrimStart();
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
