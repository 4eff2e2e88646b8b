namespace FlightRecorder;

/// <summary>Statements that change no rows of a table: definitions, settings, cursors. They are read to find where they end.</summary>
internal static class DefinitionReader
{
    /// <summary>One of PostgreSQL's that needs no closer look.</summary>
    public static SqlStatement? Plain(ref SqlCursor cursor) => Other(ref cursor, returnsRows: false);

    /// <inheritdoc cref="Plain" />
    public static SqlStatement? Answering(ref SqlCursor cursor) => Other(ref cursor, returnsRows: true);

    // SET [SESSION | LOCAL] {name {TO | =} … | TIME ZONE … | ROLE … | TRANSACTION … | …}
    public static SqlStatement? Set(ref SqlCursor cursor)
    {
        cursor.Next();
        if (cursor.IsAny("SESSION", "LOCAL"))
        {
            cursor.Next();
        }

        bool isKeyword = cursor.IsAny("TRANSACTION", "CHARACTERISTICS") || cursor.IsAny("TIME", "ROLE") || cursor.IsAny("CONSTRAINTS", "NAMES")
            || cursor.IsAny("AUTHORIZATION", "SCHEMA") || cursor.Is("XML");
        if (isKeyword)
        {
            return Plain(ref cursor);
        }

        // Not PostgreSQL's, and it changes what commits by itself.
        bool isForeign = cursor.Is("AUTOCOMMIT");
        string? name = TargetReader.Name(ref cursor);
        return name is not null && !isForeign && cursor.IsAny("TO", "=") ? Plain(ref cursor) : null;
    }

    // DECLARE name … CURSOR … FOR query
    public static SqlStatement? Declare(ref SqlCursor cursor)
    {
        cursor.Next();
        bool isCursor = false;
        for (bool isFirst = true; !cursor.IsEnd && !cursor.Is("FOR"); isFirst = false, cursor.Next())
        {
            if (isFirst && !cursor.IsName)
            {
                return null;
            }

            isCursor |= cursor.Is("CURSOR");
        }

        cursor.Next();
        SqlStatement? query = isCursor ? StatementReader.ReadBody(ref cursor) : null;
        return query is null ? null : new SqlStatement(SqlVerb.Other) { Span = cursor.Span, ReturnsRows = false };
    }

    // LOAD 'library'; LOAD DATA is MySQL's, and writes.
    public static SqlStatement? Load(ref SqlCursor cursor)
    {
        cursor.Next();
        return cursor.Kind == SqlTokenKind.Literal ? Plain(ref cursor) : null;
    }

    // LOCK TABLES is MySQL's, and commits.
    public static SqlStatement? Lock(ref SqlCursor cursor)
    {
        cursor.Next();
        return cursor.Is("TABLES") ? null : Plain(ref cursor);
    }

    // What begins with GRANT, REVOKE or ALTER names other statements' words: only blocks and control tell of another dialect.
    public static SqlStatement? Loose(ref SqlCursor cursor)
    {
        bool alters = cursor.Is("ALTER");
        cursor.Next();
        bool isRoutine = alters && (cursor.IsAny("FUNCTION", "PROCEDURE") || cursor.IsAny("TRIGGER", "VIEW"));
        for (; !cursor.IsEnd; cursor.Next())
        {
            if (IsBlock(cursor) || (isRoutine && cursor.IsTop && cursor.Is("AS")))
            {
                return null;
            }
        }

        return new SqlStatement(SqlVerb.Other) { Span = cursor.Span, ReturnsRows = false };
    }

    /// <summary>Goes to the end; false where a word of another statement stands before it.</summary>
    public static bool Rest(ref SqlCursor cursor)
    {
        for (; !cursor.IsEnd; cursor.Next())
        {
            if (cursor.IsTopWord && !cursor.Is("IF") && cursor.BeginsStatement)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the word under the cursor begins a block or controls a transaction, which no definition of PostgreSQL's does here.</summary>
    public static bool IsBlock(in SqlCursor cursor)
        => cursor.IsTopWord && (cursor.IsAny("BEGIN", "ROLLBACK") || cursor.IsAny("EXEC", "TRAN") || cursor.IsAny("GO", "DECLARE")
            || (cursor.Is("COMMIT") && !cursor.After("ON")));

    private static SqlStatement? Other(ref SqlCursor cursor, bool returnsRows)
    {
        cursor.Next();
        return Rest(ref cursor) ? new SqlStatement(SqlVerb.Other) { Span = cursor.Span, ReturnsRows = returnsRows } : null;
    }
}
