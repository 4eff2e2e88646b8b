namespace FlightRecorder;

/// <summary>WITH: common table expressions, some of which may write, and the statement after them.</summary>
internal static class WithReader
{
    public static SqlStatement? Read(ref SqlCursor cursor)
    {
        cursor.Next();
        cursor.Skip("RECURSIVE");
        List<SqlStatement>? writes = null;
        bool mayChange = false;
        int header = cursor.Start;
        while (!cursor.IsEnd && !IsMain(cursor))
        {
            if (cursor.Is("(") && IsBody(cursor))
            {
                if (StatementReader.ReadNested(ref cursor) is not { } body)
                {
                    return null;
                }

                Keep(body, ref writes);
                mayChange |= body.MayChange;
            }

            cursor.Next();
        }

        SqlSpan names = cursor.From(header);
        SqlStatement? main = cursor.IsEnd ? null : StatementReader.ReadBody(ref cursor);
        if (main is null || (main.Target is not null && Names(cursor.Restart(names), main.Name)))
        {
            return null;
        }

        return Combine(main, writes, mayChange);
    }

    // The first word behind the parenthesis of the last expression that a statement begins with.
    private static bool IsMain(in SqlCursor cursor)
        => cursor.IsTop && cursor.IsWord && cursor.After(")") && StatementReader.IsBody(cursor);

    private static bool IsBody(in SqlCursor cursor) => cursor.IsTop && (cursor.After("AS") || cursor.After("MATERIALIZED"));

    private static void Keep(SqlStatement body, ref List<SqlStatement>? writes)
    {
        if (body.Verb is not (SqlVerb.Select or SqlVerb.ModifyingSelect))
        {
            (writes ??= []).Add(body with { Further = [] });
        }

        foreach (SqlStatement further in body.Further)
        {
            (writes ??= []).Add(further);
        }
    }

    // UPDATE of a common table expression is SQL Server's; which table it changes is not read.
    private static bool Names(SqlCursor names, string? target)
    {
        do
        {
            names.Next();
            if (names.IsTop && names.IsName && names.Text.Equals(target, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        while (names.Kind != SqlTokenKind.End);

        return false;
    }

    private static SqlStatement Combine(SqlStatement main, List<SqlStatement>? writes, bool mayChange) => main with
    {
        Verb = main.Verb == SqlVerb.Select && writes is not null ? SqlVerb.ModifyingSelect : main.Verb,
        IsSingleTable = false,
        MayChange = main.Verb == SqlVerb.Select && (main.MayChange || mayChange),
        Further = writes is null ? main.Further : [.. writes, .. main.Further],
    };
}
