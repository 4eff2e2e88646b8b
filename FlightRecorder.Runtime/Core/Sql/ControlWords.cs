namespace FlightRecorder;

/// <summary>
/// Whether a text that is not understood may begin or end a transaction: a word of transaction control stands anywhere in it,
/// be it in what looks like a literal or a comment.
/// </summary>
internal static class ControlWords
{
    private static readonly WordTable<bool> Words = WordSet.Of(
        "BEGIN START COMMIT ROLLBACK ABORT TRAN TRANSACTION SAVEPOINT AUTOCOMMIT IMPLICIT_TRANSACTIONS XA");

    public static bool Occur(ReadOnlySpan<char> sql)
    {
        int start = 0;
        for (int at = 0; at <= sql.Length; at++)
        {
            if (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] == '_'))
            {
                continue;
            }

            if (at > start && Words.Contains(sql[start..at]))
            {
                return true;
            }

            start = at + 1;
        }

        return false;
    }
}
