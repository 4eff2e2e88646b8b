namespace FlightRecorder;

/// <summary>Reads what the statements of a SQL text do: enough for transaction control and the table of a change, no grammar.</summary>
internal static class SqlText
{
    /// <summary>The statements in order; empty ones are left out.</summary>
    public static List<SqlStatement> Read(string sql)
    {
        var statements = new List<SqlStatement>(1);
        var scanner = new SqlScanner(sql);
        while (scanner.MoveNext())
        {
            if (!IsEnd(scanner))
            {
                ReadStatement(ref scanner, statements);
            }
        }

        return statements;
    }

    private static void ReadStatement(ref SqlScanner scanner, List<SqlStatement> statements)
    {
        string word = scanner.IsQuoted ? "" : scanner.Token.ToString().ToUpperInvariant();
        switch (word)
        {
            case "BEGIN" or "START": statements.Add(new SqlStatement(SqlVerb.Begin)); break;
            case "COMMIT" or "END": AddEnd(SqlVerb.Commit, ref scanner, statements); return;
            case "ROLLBACK" or "ABORT": AddEnd(SqlVerb.RollBack, ref scanner, statements); return;
            case "SAVEPOINT" or "SAVE": statements.Add(new SqlStatement(SqlVerb.Savepoint, SavepointName(ref scanner))); break;
            case "RELEASE": statements.Add(new SqlStatement(SqlVerb.Release, SavepointName(ref scanner))); break;
            case "PREPARE": AddPrepare(ref scanner, statements); return;
            case "WITH": statements.Add(ReadWith(ref scanner)); return;
            case "INSERT": statements.Add(ReadInsert(ref scanner)); return;
            case "CREATE" or "ALTER": SkipDefinition(ref scanner); statements.Add(new SqlStatement(SqlVerb.Other)); return;
            default: statements.Add(new SqlStatement(ChangeOf(word), IsChange(word) ? TableName(ref scanner) : null)); break;
        }

        SkipStatement(ref scanner);
    }

    // COMMIT [AND CHAIN], COMMIT PREPARED 'x', ROLLBACK [AND CHAIN], ROLLBACK TO [SAVEPOINT] name
    private static void AddEnd(SqlVerb verb, ref SqlScanner scanner, List<SqlStatement> statements)
    {
        bool chain = false;
        bool no = false;
        while (scanner.MoveNext() && !IsEnd(scanner))
        {
            if (scanner.Is("TO"))
            {
                statements.Add(new SqlStatement(SqlVerb.RollBackTo, SavepointName(ref scanner)));
                SkipStatement(ref scanner);
                return;
            }

            if (scanner.Is("PREPARED"))
            {
                verb = SqlVerb.Other;
            }

            no |= scanner.Is("NO");
            chain |= scanner.Is("CHAIN");
        }

        statements.Add(new SqlStatement(verb));
        if (chain && !no)
        {
            statements.Add(new SqlStatement(SqlVerb.Begin));
        }
    }

    private static void AddPrepare(ref SqlScanner scanner, List<SqlStatement> statements)
    {
        bool more = scanner.MoveNext();
        statements.Add(new SqlStatement(more && scanner.Is("TRANSACTION") ? SqlVerb.PrepareTransaction : SqlVerb.Other));
        if (more && !IsEnd(scanner))
        {
            SkipStatement(ref scanner);
        }
    }

    // The verb after the common table expressions counts; a SELECT over ones that change rows changes rows.
    private static SqlStatement ReadWith(ref SqlScanner scanner)
    {
        int depth = 0;
        bool changes = false;
        while (scanner.MoveNext() && !IsEnd(scanner))
        {
            depth += scanner.Is("(") ? 1 : scanner.Is(")") ? -1 : 0;
            SqlVerb verb = scanner.IsQuoted ? SqlVerb.Other : ChangeOf(scanner.Token.ToString().ToUpperInvariant());
            changes |= verb is > SqlVerb.Select and < SqlVerb.Copy;
            if (depth == 0 && verb is not (SqlVerb.Other or SqlVerb.Call))
            {
                if (verb == SqlVerb.Insert)
                {
                    return ReadInsert(ref scanner);
                }

                var statement = new SqlStatement(
                    verb == SqlVerb.Select && changes ? SqlVerb.ModifyingSelect : verb,
                    verb == SqlVerb.Select ? null : TableName(ref scanner));
                SkipStatement(ref scanner);
                return statement;
            }
        }

        return new SqlStatement(changes ? SqlVerb.ModifyingSelect : SqlVerb.Other);
    }

    // INSERT … ON CONFLICT … DO UPDATE, INSERT … ON DUPLICATE KEY UPDATE; ON CONFLICT … DO NOTHING only inserts.
    private static SqlStatement ReadInsert(ref SqlScanner scanner)
    {
        string? table = TableName(ref scanner);
        bool resolves = false;
        bool updates = false;
        int depth = scanner.Is("(") ? 1 : 0;
        while (!IsEnd(scanner) && scanner.MoveNext())
        {
            depth += scanner.Is("(") ? 1 : scanner.Is(")") ? -1 : 0;
            resolves |= depth == 0 && (scanner.Is("CONFLICT") || scanner.Is("DUPLICATE"));
            updates |= depth == 0 && resolves && scanner.Is("UPDATE");
        }

        return new SqlStatement(updates ? SqlVerb.Upsert : SqlVerb.Insert, table);
    }

    // The body of a routine has statements of its own, which are not run now: nothing of the text after it is read.
    private static void SkipDefinition(ref SqlScanner scanner)
    {
        bool isRoutine = false;
        bool isNamed = false;
        while ((isRoutine || !IsEnd(scanner)) && scanner.MoveNext())
        {
            isRoutine |= !isNamed && (scanner.Is("FUNCTION") || scanner.Is("PROCEDURE") || scanner.Is("TRIGGER") || scanner.Is("EVENT"));
            isNamed |= scanner.Is("TABLE") || scanner.Is("VIEW") || scanner.Is("INDEX") || scanner.Is("(");
        }
    }

    private static SqlVerb ChangeOf(string word) => word switch
    {
        "SELECT" => SqlVerb.Select,
        "CALL" or "EXEC" or "EXECUTE" or "DO" => SqlVerb.Call,
        "INSERT" => SqlVerb.Insert,
        "REPLACE" => SqlVerb.Upsert,
        "UPDATE" => SqlVerb.Update,
        "DELETE" => SqlVerb.Delete,
        "MERGE" => SqlVerb.Merge,
        "COPY" => SqlVerb.Copy,
        "TRUNCATE" => SqlVerb.Truncate,
        _ => SqlVerb.Other,
    };

    private static bool IsChange(string word) => new SqlStatement(ChangeOf(word)).ChangesRows;

    // INTO, FROM, ONLY and TABLE may stand before the name; schema.table keeps its dot.
    private static string? TableName(ref SqlScanner scanner)
    {
        while (scanner.MoveNext() && !IsPunctuation(scanner))
        {
            if (!scanner.Is("INTO") && !scanner.Is("FROM") && !scanner.Is("ONLY") && !scanner.Is("TABLE"))
            {
                return Qualified(ref scanner);
            }
        }

        return null;
    }

    private static string Qualified(ref SqlScanner scanner)
    {
        string name = scanner.Token.ToString();
        SqlScanner ahead = scanner;
        while (ahead.MoveNext() && ahead.Is(".") && ahead.MoveNext() && !IsPunctuation(ahead))
        {
            name += "." + ahead.Token.ToString();
            scanner = ahead;
        }

        return name;
    }

    private static string? SavepointName(ref SqlScanner scanner)
    {
        while (scanner.MoveNext() && !IsPunctuation(scanner))
        {
            if (!scanner.Is("SAVEPOINT") && !scanner.Is("TRANSACTION") && !scanner.Is("TRAN") && !scanner.Is("WORK"))
            {
                return scanner.Token.ToString();
            }
        }

        return null;
    }

    private static void SkipStatement(ref SqlScanner scanner)
    {
        while (!IsEnd(scanner) && scanner.MoveNext())
        {
        }
    }

    private static bool IsEnd(in SqlScanner scanner) => scanner.Is(";");

    private static bool IsPunctuation(in SqlScanner scanner) => !scanner.IsQuoted && scanner.Token is "(" or ")" or ";" or "." or ",";
}
