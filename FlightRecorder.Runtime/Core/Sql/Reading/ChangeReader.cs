namespace FlightRecorder;

/// <summary>UPDATE and DELETE: the table, the condition, and whether other tables take part.</summary>
internal static class ChangeReader
{
    // UPDATE [ONLY] table [[AS] alias] SET … [FROM …] [WHERE …] [RETURNING …]
    public static SqlStatement? Update(ref SqlCursor cursor)
    {
        cursor.Next();
        int start = cursor.Start;
        string? table = TargetReader.Table(ref cursor);
        if (table is null || !TargetReader.SkipAlias(ref cursor) || !cursor.Is("SET"))
        {
            return null;
        }

        SqlSpan target = cursor.From(start);
        cursor.Next();
        return Rest(ref cursor, new SqlStatement(SqlVerb.Update, table) { Target = target });
    }

    // DELETE FROM [ONLY] table [[AS] alias] [USING …] [WHERE …] [RETURNING …]
    public static SqlStatement? Delete(ref SqlCursor cursor)
    {
        cursor.Next();
        if (!cursor.Skip("FROM"))
        {
            return null;
        }

        int start = cursor.Start;
        string? table = TargetReader.Table(ref cursor);
        if (table is null || !TargetReader.SkipAlias(ref cursor))
        {
            return null;
        }

        bool isFollowed = cursor.IsEnd || cursor.Is("USING") || cursor.Is("WHERE") || cursor.Is("RETURNING");
        return isFollowed ? Rest(ref cursor, new SqlStatement(SqlVerb.Delete, table) { Target = cursor.From(start) }) : null;
    }

    private static SqlStatement? Rest(ref SqlCursor cursor, SqlStatement statement)
    {
        var clauses = new ChangeClauses(statement);
        while (!cursor.IsEnd)
        {
            if (!clauses.Take(ref cursor))
            {
                return null;
            }

            cursor.Next();
        }

        return clauses.Close(cursor);
    }
}
