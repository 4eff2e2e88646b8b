namespace FlightRecorder;

/// <summary>Transaction control, word for word as PostgreSQL has it: BEGIN of a block, BEGIN TRAN and BEGIN IMMEDIATE are not its.</summary>
internal static class TransactionReader
{
    // BEGIN [WORK | TRANSACTION] [mode [, …]]
    public static SqlStatement? Begin(ref SqlCursor cursor)
    {
        cursor.Next();
        SkipNoise(ref cursor);
        return Modes(ref cursor);
    }

    public static SqlStatement? Start(ref SqlCursor cursor)
    {
        cursor.Next();
        return cursor.Skip("TRANSACTION") ? Modes(ref cursor) : null;
    }

    // COMMIT [WORK | TRANSACTION] [AND [NO] CHAIN], COMMIT PREPARED 'name'
    public static SqlStatement? Commit(ref SqlCursor cursor)
    {
        cursor.Next();
        SkipNoise(ref cursor);
        return cursor.Is("PREPARED") ? Prepared(ref cursor) : Chain(ref cursor, SqlVerb.Commit);
    }

    // ROLLBACK [WORK | TRANSACTION] [AND [NO] CHAIN | TO [SAVEPOINT] name], ROLLBACK PREPARED 'name'
    public static SqlStatement? RollBack(ref SqlCursor cursor)
    {
        bool isWhole = cursor.Is("ABORT");
        cursor.Next();
        SkipNoise(ref cursor);
        if (!isWhole && cursor.Skip("TO"))
        {
            cursor.Skip("SAVEPOINT");
            return Named(ref cursor, SqlVerb.RollBackTo);
        }

        return !isWhole && cursor.Is("PREPARED") ? Prepared(ref cursor) : Chain(ref cursor, SqlVerb.RollBack);
    }

    public static SqlStatement? Savepoint(ref SqlCursor cursor)
    {
        cursor.Next();
        return Named(ref cursor, SqlVerb.Savepoint);
    }

    public static SqlStatement? Release(ref SqlCursor cursor)
    {
        cursor.Next();
        cursor.Skip("SAVEPOINT");
        return Named(ref cursor, SqlVerb.Release);
    }

    // PREPARE TRANSACTION 'name'; PREPARE name [(types)] AS statement runs nothing yet.
    public static SqlStatement? Prepare(ref SqlCursor cursor)
    {
        cursor.Next();
        if (cursor.Skip("TRANSACTION"))
        {
            return Literal(ref cursor) ? Plain(cursor, SqlVerb.PrepareTransaction) : null;
        }

        if (TargetReader.Name(ref cursor) is null || !(cursor.Is("AS") || cursor.Is("(")))
        {
            return null;
        }

        cursor.SkipToEnd();
        return Plain(cursor, SqlVerb.Other);
    }

    private static SqlStatement? Modes(ref SqlCursor cursor)
    {
        while (!cursor.IsEnd)
        {
            bool isMode = cursor.Is("ISOLATION") || cursor.Is("LEVEL") || cursor.Is("SERIALIZABLE") || cursor.Is("REPEATABLE") || cursor.Is("READ")
                || cursor.IsAny("COMMITTED", "UNCOMMITTED") || cursor.IsAny("WRITE", "ONLY") || cursor.IsAny("NOT", "DEFERRABLE") || cursor.Is(",");
            if (!isMode)
            {
                return null;
            }

            cursor.Next();
        }

        return Plain(cursor, SqlVerb.Begin);
    }

    private static SqlStatement? Chain(ref SqlCursor cursor, SqlVerb verb)
    {
        bool chains = false;
        if (cursor.Skip("AND"))
        {
            chains = !cursor.Skip("NO");
            if (!cursor.Skip("CHAIN"))
            {
                return null;
            }
        }

        SqlStatement end = Plain(cursor, verb);
        cursor.Then = chains ? end with { Verb = SqlVerb.Begin } : null;
        return end;
    }

    private static SqlStatement? Prepared(ref SqlCursor cursor)
    {
        cursor.Next();
        return Literal(ref cursor) ? Plain(cursor, SqlVerb.Other) : null;
    }

    private static bool Literal(ref SqlCursor cursor)
    {
        bool isLiteral = cursor.Kind == SqlTokenKind.Literal;
        cursor.Next();
        return isLiteral;
    }

    private static SqlStatement? Named(ref SqlCursor cursor, SqlVerb verb)
        => TargetReader.Name(ref cursor) is { } name ? Plain(cursor, verb) with { Name = name } : null;

    private static SqlStatement Plain(in SqlCursor cursor, SqlVerb verb) => new(verb) { Span = cursor.Span, ReturnsRows = false };

    private static void SkipNoise(ref SqlCursor cursor)
    {
        if (cursor.IsAny("WORK", "TRANSACTION"))
        {
            cursor.Next();
        }
    }
}
