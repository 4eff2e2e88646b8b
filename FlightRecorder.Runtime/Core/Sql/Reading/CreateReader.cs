namespace FlightRecorder;

/// <summary>CREATE: a table filled by a query, a routine with a body, anything else.</summary>
internal static class CreateReader
{
    public static SqlStatement? Read(ref SqlCursor cursor)
    {
        cursor.Next();
        if (cursor.Skip("OR") && !cursor.Skip("REPLACE"))
        {
            return null;
        }

        if (cursor.IsAny("FUNCTION", "PROCEDURE"))
        {
            return Routine(ref cursor);
        }

        if (cursor.Is("TRIGGER") || cursor.Is("CONSTRAINT") || cursor.Is("EVENT"))
        {
            return Trigger(ref cursor);
        }

        while (cursor.IsAny("TEMP", "TEMPORARY") || cursor.IsAny("GLOBAL", "LOCAL") || cursor.Is("UNLOGGED"))
        {
            cursor.Next();
        }

        return cursor.Is("TABLE") ? Table(ref cursor) : Any(ref cursor);
    }

    // TABLE [IF NOT EXISTS] name … [AS query [WITH [NO] DATA]]
    private static SqlStatement? Table(ref SqlCursor cursor)
    {
        cursor.Next();
        if (cursor.Skip("IF") && !(cursor.Skip("NOT") && cursor.Skip("EXISTS")))
        {
            return null;
        }

        string? name = TargetReader.Name(ref cursor);
        bool isQuery = false;
        bool isWith = false;
        bool isEmpty = false;
        for (; !cursor.IsEnd; cursor.Next())
        {
            isQuery |= cursor.IsTop && cursor.After("AS") && (cursor.Is("(") || cursor.Is("EXECUTE") || StatementReader.IsBody(cursor));
            isWith |= cursor.IsTop && cursor.After("AS") && cursor.Is("WITH");
            isEmpty |= cursor.IsTop && cursor.Is("DATA") && cursor.After("NO");
            if (!IsAllowed(cursor, isWith))
            {
                return null;
            }
        }

        return name is null ? null
            : isQuery && !isEmpty ? new SqlStatement(SqlVerb.CreateTableAs, name) { Span = cursor.Span, ReturnsRows = false }
            : Other(cursor);
    }

    // Behind the columns, INSERT and its like begin a statement of a dialect that needs no semicolon.
    private static bool IsAllowed(in SqlCursor cursor, bool isWith)
        => !DefinitionReader.IsBlock(cursor)
            && !(cursor.IsTopWord && (cursor.Is("INSERT") || cursor.Is("MERGE") || (cursor.IsAny("UPDATE", "DELETE") && !cursor.After("ON") && !cursor.After("COMMIT"))))
            && !(cursor.IsTopWord && cursor.Is("SELECT") && cursor.After(")") && !isWith);

    // FUNCTION … AS 'body', … RETURN expression, … BEGIN ATOMIC statement; … END: the body's statements do not run now.
    private static SqlStatement? Routine(ref SqlCursor cursor)
    {
        for (; !cursor.IsEnd; cursor.Next())
        {
            if (cursor.Is("ATOMIC") && cursor.After("BEGIN"))
            {
                return Atomic(ref cursor) ? Other(cursor) : null;
            }

            bool isBody = cursor.IsTop && (cursor.After("AS") || cursor.After("IS"));
            if ((isBody && cursor.Kind != SqlTokenKind.Literal) || (cursor.IsTop && cursor.After("BEGIN")))
            {
                return null;
            }
        }

        return cursor.After("BEGIN") ? null : Other(cursor);
    }

    private static bool Atomic(ref SqlCursor cursor)
    {
        int depth = 1;
        while (depth > 0 && cursor.Kind != SqlTokenKind.End)
        {
            cursor.Next();
            depth += cursor.Is("CASE") && !cursor.After("END") ? 1 : cursor.Is("END") ? -1 : 0;
        }

        cursor.Next();
        return depth == 0;
    }

    // PostgreSQL's triggers execute a function; others have a body.
    private static SqlStatement? Trigger(ref SqlCursor cursor)
    {
        bool executes = false;
        for (; !cursor.IsEnd; cursor.Next())
        {
            executes |= cursor.IsTop && cursor.Is("EXECUTE");
            if (DefinitionReader.IsBlock(cursor))
            {
                return null;
            }
        }

        return executes ? Other(cursor) : null;
    }

    private static SqlStatement? Any(ref SqlCursor cursor)
    {
        bool isForeign = !cursor.IsWord || cursor.IsAny("PROC", "PACKAGE");
        for (; !cursor.IsEnd; cursor.Next())
        {
            isForeign |= DefinitionReader.IsBlock(cursor);
        }

        return isForeign ? null : Other(cursor);
    }

    private static SqlStatement Other(in SqlCursor cursor) => new(SqlVerb.Other) { Span = cursor.Span, ReturnsRows = false };
}
