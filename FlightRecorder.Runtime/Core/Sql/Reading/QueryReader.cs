namespace FlightRecorder;

/// <summary>SELECT, VALUES, TABLE, and combinations of these in parentheses.</summary>
internal static class QueryReader
{
    public static SqlStatement? Read(ref SqlCursor cursor)
    {
        string? into = null;
        cursor.CallsUnknown = false;
        for (bool isFirst = true; !cursor.IsEnd; isFirst = false)
        {
            if (cursor.IsWord && !IsAllowed(cursor, isFirst))
            {
                return null;
            }

            if (cursor.IsTopWord && cursor.Is("INTO"))
            {
                if (into is not null || (into = Into(ref cursor)) is null)
                {
                    return null;
                }
            }
            else
            {
                cursor.Next();
            }
        }

        return into is null
            ? new SqlStatement(SqlVerb.Select) { Span = cursor.Span, ReturnsRows = true, MayChange = cursor.CallsUnknown }
            : new SqlStatement(SqlVerb.CreateTableAs, into) { Span = cursor.Span, ReturnsRows = false };
    }

    /// <summary>Whether the query under the cursor is combined with the one before.</summary>
    public static bool IsCombined(in SqlCursor cursor)
        => cursor.After("UNION") || cursor.After("INTERSECT") || cursor.After("EXCEPT") || cursor.After("ALL") || cursor.After("DISTINCT");

    /// <summary>Whether an UPDATE under the cursor is that of FOR [NO KEY] UPDATE.</summary>
    public static bool IsLock(in SqlCursor cursor) => cursor.After("FOR") || cursor.After("KEY");

    private static bool IsAllowed(in SqlCursor cursor, bool isFirst)
    {
        if (cursor.IsTop)
        {
            return isFirst || IsAllowedWord(cursor);
        }

        // Only a common table expression at the top may write; elsewhere this is no PostgreSQL.
        return !cursor.After("(") || !(cursor.Is("INSERT") || cursor.Is("MERGE") || cursor.IsAny("UPDATE", "DELETE"));
    }

    private static bool IsAllowedWord(in SqlCursor cursor)
    {
        if (cursor.After(".") || cursor.After("AS"))
        {
            return true;
        }

        if (cursor.Is("SELECT"))
        {
            return IsCombined(cursor);
        }

        if (cursor.After("SELECT") && SqlWords.IsForeignModifier(cursor.Text))
        {
            return false;
        }

        // FOR XML and FOR JSON are SQL Server's.
        return cursor.Is("UPDATE") ? IsLock(cursor)
            : cursor.After("FOR") ? cursor.IsAny("SHARE", "NO") || cursor.Is("KEY")
            : !cursor.BeginsStatement;
    }

    // INTO [TEMPORARY | TEMP | UNLOGGED] [TABLE] name; INTO OUTFILE 'name' and INTO @name are MySQL's.
    private static string? Into(ref SqlCursor cursor)
    {
        cursor.Next();
        if (cursor.IsAny("TEMPORARY", "TEMP") || cursor.Is("UNLOGGED"))
        {
            cursor.Next();
        }

        cursor.Skip("TABLE");
        string? name = TargetReader.Name(ref cursor);
        return cursor.Kind == SqlTokenKind.Literal || cursor.Is(",") ? null : name;
    }
}
