namespace FlightRecorder;

/// <summary>INSERT in all its forms.</summary>
internal static class InsertReader
{
    // INSERT INTO table [AS alias] [(columns)] [OVERRIDING … VALUE] {DEFAULT VALUES | VALUES … | query} [ON CONFLICT …] [RETURNING …]
    public static SqlStatement? Read(ref SqlCursor cursor)
    {
        cursor.Next();
        if (!cursor.Skip("INTO") || TargetReader.Name(ref cursor) is not { } table)
        {
            return null;
        }

        if (cursor.Is("AS") && !TargetReader.SkipAlias(ref cursor))
        {
            return null;
        }

        bool isFollowed = cursor.Is("(") || cursor.Is("VALUES") || cursor.Is("SELECT") || cursor.Is("DEFAULT") || cursor.Is("OVERRIDING")
            || cursor.Is("TABLE") || cursor.Is("WITH");
        return isFollowed ? Rest(ref cursor, table) : null;
    }

    private static SqlStatement? Rest(ref SqlCursor cursor, string table)
    {
        bool hasRows = false;
        bool updates = false;
        bool returns = false;
        bool isFirst = true;
        for (; !cursor.IsEnd; cursor.Next())
        {
            if (cursor.IsTopWord)
            {
                if (!IsAllowed(cursor, isFirst, hasRows))
                {
                    return null;
                }

                hasRows |= cursor.Is("VALUES") || cursor.Is("SELECT") || cursor.Is("TABLE");
                updates |= cursor.Is("UPDATE") && cursor.After("DO");
                returns |= cursor.Is("RETURNING");
            }

            isFirst = false;
        }

        return new SqlStatement(updates ? SqlVerb.Upsert : SqlVerb.Insert, table) { Span = cursor.Span, ReturnsRows = returns };
    }

    private static bool IsAllowed(in SqlCursor cursor, bool isFirst, bool hasRows)
    {
        if (cursor.IsAny("SELECT", "VALUES"))
        {
            return isFirst || QueryReader.IsCombined(cursor) || (!hasRows && (cursor.After(")") || cursor.After("VALUE") || cursor.After("DEFAULT")));
        }

        if (cursor.Is("UPDATE"))
        {
            return cursor.After("DO") || QueryReader.IsLock(cursor);
        }

        return cursor.Is("SET") ? cursor.After("UPDATE")
            : !cursor.IsAny("INTO", "DUPLICATE") && !cursor.BeginsStatement;
    }
}
