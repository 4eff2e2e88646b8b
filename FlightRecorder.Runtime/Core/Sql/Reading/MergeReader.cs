namespace FlightRecorder;

/// <summary>MERGE.</summary>
internal static class MergeReader
{
    // MERGE INTO [ONLY] table [[AS] alias] USING source ON condition {WHEN … THEN {INSERT … | UPDATE SET … | DELETE | DO NOTHING}}… [RETURNING …]
    public static SqlStatement? Read(ref SqlCursor cursor)
    {
        cursor.Next();
        if (!cursor.Skip("INTO") || TargetReader.Table(ref cursor) is not { } table || !TargetReader.SkipAlias(ref cursor) || !cursor.Is("USING"))
        {
            return null;
        }

        bool returns = false;
        for (; !cursor.IsEnd; cursor.Next())
        {
            if (cursor.IsTopWord && !IsAllowed(cursor))
            {
                return null;
            }

            returns |= cursor.IsTopWord && cursor.Is("RETURNING");
        }

        return new SqlStatement(SqlVerb.Merge, table) { Span = cursor.Span, ReturnsRows = returns };
    }

    private static bool IsAllowed(in SqlCursor cursor)
    {
        if (cursor.Is("INSERT") || cursor.IsAny("UPDATE", "DELETE"))
        {
            return cursor.After("THEN");
        }

        return cursor.Is("SET") ? cursor.After("UPDATE") : !cursor.IsAny("WHERE", "INTO") && !cursor.BeginsStatement;
    }
}
