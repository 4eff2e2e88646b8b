namespace FlightRecorder;

/// <summary>
/// Reads the statements of a PostgreSQL text, each by its first word. One that is not understood makes the whole text unknown:
/// where it ends, and so what stands beside it, is not known then either.
/// </summary>
internal static class StatementReader
{
    private static readonly SqlStatement[] NotUnderstood = [new(SqlVerb.Unknown)];
    private static readonly SqlStatement[] NotUnderstoodControl = [new(SqlVerb.UnknownControl)];

    // What may stand in parentheses, behind WITH, EXPLAIN or FOR.
    private static readonly WordTable<Reader> Bodies = new(
        ("SELECT", QueryReader.Read),
        ("VALUES", QueryReader.Read),
        ("TABLE", QueryReader.Read),
        ("WITH", WithReader.Read),
        ("INSERT", InsertReader.Read),
        ("UPDATE", ChangeReader.Update),
        ("DELETE", ChangeReader.Delete),
        ("MERGE", MergeReader.Read));

    private static readonly WordTable<Reader> Statements = new(
        ("BEGIN", TransactionReader.Begin),
        ("START", TransactionReader.Start),
        ("COMMIT", TransactionReader.Commit),
        ("END", TransactionReader.Commit),
        ("ROLLBACK", TransactionReader.RollBack),
        ("ABORT", TransactionReader.RollBack),
        ("SAVEPOINT", TransactionReader.Savepoint),
        ("RELEASE", TransactionReader.Release),
        ("PREPARE", TransactionReader.Prepare),
        ("COPY", BulkReader.Copy),
        ("TRUNCATE", BulkReader.Truncate),
        ("CALL", CallReader.Call),
        ("EXECUTE", CallReader.Call),
        ("DO", CallReader.Do),
        ("EXPLAIN", CallReader.Explain),
        ("CREATE", CreateReader.Read),
        ("ALTER", DefinitionReader.Loose),
        ("GRANT", DefinitionReader.Loose),
        ("REVOKE", DefinitionReader.Loose),
        ("SET", DefinitionReader.Set),
        ("DECLARE", DefinitionReader.Declare),
        ("LOAD", DefinitionReader.Load),
        ("LOCK", DefinitionReader.Lock),
        ("SHOW", DefinitionReader.Answering),
        ("FETCH", DefinitionReader.Answering),
        ("RESET", DefinitionReader.Plain),
        ("DROP", DefinitionReader.Plain),
        ("COMMENT", DefinitionReader.Plain),
        ("VACUUM", DefinitionReader.Plain),
        ("ANALYZE", DefinitionReader.Plain),
        ("ANALYSE", DefinitionReader.Plain),
        ("REINDEX", DefinitionReader.Plain),
        ("CLUSTER", DefinitionReader.Plain),
        ("CHECKPOINT", DefinitionReader.Plain),
        ("DISCARD", DefinitionReader.Plain),
        ("LISTEN", DefinitionReader.Plain),
        ("UNLISTEN", DefinitionReader.Plain),
        ("NOTIFY", DefinitionReader.Plain),
        ("MOVE", DefinitionReader.Plain),
        ("CLOSE", DefinitionReader.Plain),
        ("DEALLOCATE", DefinitionReader.Plain),
        ("REFRESH", DefinitionReader.Plain),
        ("SECURITY", DefinitionReader.Plain),
        ("REASSIGN", DefinitionReader.Plain));

    private delegate SqlStatement? Reader(ref SqlCursor cursor);

    /// <summary>The statements in order; empty ones are left out.</summary>
    public static SqlStatement[] Read(ReadOnlySpan<char> sql)
    {
        var cursor = new SqlCursor(sql);
        SqlStatement? first = null;
        List<SqlStatement>? all = null;
        cursor.Next();
        while (cursor.Kind != SqlTokenKind.End)
        {
            if (cursor.Skip(";"))
            {
                continue;
            }

            if (ReadOne(ref cursor) is not { } statement)
            {
                return Unknown(sql);
            }

            Add(statement, ref first, ref all);
            Add(cursor.Then, ref first, ref all);
            cursor.Then = null;
        }

        return cursor.IsUnreliable ? Unknown(sql) : all is not null ? [.. all] : first is not null ? [first] : [];
    }

    /// <summary>Whether the first word is one that a statement begins with.</summary>
    public static bool Begins(ReadOnlySpan<char> sql)
    {
        var cursor = new SqlCursor(sql);
        do
        {
            cursor.Next();
        }
        while (cursor.Is("(") || cursor.Is(";"));

        return cursor.IsWord && (Statements.Contains(cursor.Text) || Bodies.Contains(cursor.Text));
    }

    /// <summary>Whether the word under the cursor begins a query or a change.</summary>
    public static bool IsBody(in SqlCursor cursor) => cursor.IsWord && Bodies.Contains(cursor.Text);

    /// <summary>Reads a query or a change up to its end.</summary>
    public static SqlStatement? ReadBody(ref SqlCursor cursor)
    {
        Reader? reader = cursor.Is("(") ? QueryReader.Read : cursor.IsWord && Bodies.TryGet(cursor.Text, out Reader found) ? found : null;
        return reader?.Invoke(ref cursor);
    }

    /// <summary>Reads the query or change in the parenthesis under the cursor, and stands on where it closes.</summary>
    public static SqlStatement? ReadNested(ref SqlCursor cursor)
    {
        bool isShallow = cursor.Enter(out (int, int) outer);
        SqlStatement? body = isShallow ? ReadBody(ref cursor) : null;
        return cursor.Leave(outer) ? body : null;
    }

    /// <summary>Reads what EXPLAIN can explain.</summary>
    public static SqlStatement? ReadExplained(ref SqlCursor cursor)
    {
        bool isOther = cursor.Is("CREATE") || cursor.IsAny("EXECUTE", "DECLARE");
        return isOther ? ReadOne(ref cursor) : ReadBody(ref cursor);
    }

    private static SqlStatement? ReadOne(ref SqlCursor cursor)
    {
        cursor.StatementStart = cursor.Start;
        SqlStatement? statement = cursor.IsWord && Statements.TryGet(cursor.Text, out Reader reader)
            ? reader(ref cursor)
            : ReadBody(ref cursor);
        return cursor.IsEnd ? statement : null;
    }

    private static void Add(SqlStatement? statement, ref SqlStatement? first, ref List<SqlStatement>? all)
    {
        if (statement is null)
        {
            return;
        }

        if (first is not null)
        {
            all ??= [first];
            all.Add(statement);
        }

        first ??= statement;
    }

    private static SqlStatement[] Unknown(ReadOnlySpan<char> sql) => ControlWords.Occur(sql) ? NotUnderstoodControl : NotUnderstood;
}
