namespace FlightRecorder;

/// <summary>COPY and TRUNCATE.</summary>
internal static class BulkReader
{
    // COPY table [(columns)] {FROM | TO} …, COPY (query) TO …
    public static SqlStatement? Copy(ref SqlCursor cursor)
    {
        cursor.Next();
        if (cursor.Is("("))
        {
            return CopyQuery(ref cursor);
        }

        cursor.Skip("BINARY");
        string? table = TargetReader.Name(ref cursor);
        if (cursor.Is("("))
        {
            SkipParenthesis(ref cursor);
        }

        if (table is null || !cursor.IsAny("FROM", "TO"))
        {
            return null;
        }

        SqlVerb verb = cursor.Is("FROM") ? SqlVerb.Copy : SqlVerb.CopyOut;
        return DefinitionReader.Rest(ref cursor) ? new SqlStatement(verb, table) { Span = cursor.Span, ReturnsRows = false } : null;
    }

    // TRUNCATE [TABLE] table [, …] [RESTART IDENTITY | CONTINUE IDENTITY] [CASCADE | RESTRICT]
    public static SqlStatement? Truncate(ref SqlCursor cursor)
    {
        cursor.Next();
        cursor.Skip("TABLE");
        string? table = TargetReader.Table(ref cursor);
        List<SqlStatement>? further = null;
        while (table is not null && cursor.Skip(","))
        {
            if (TargetReader.Table(ref cursor) is not { } next)
            {
                return null;
            }

            (further ??= []).Add(new SqlStatement(SqlVerb.Truncate, next) { Span = cursor.Span, ReturnsRows = false });
        }

        if ((cursor.Skip("RESTART") || cursor.Skip("CONTINUE")) && !cursor.Skip("IDENTITY"))
        {
            return null;
        }

        if (cursor.IsAny("CASCADE", "RESTRICT"))
        {
            cursor.Next();
        }

        return table is null ? null : new SqlStatement(SqlVerb.Truncate, table) { Span = cursor.Span, ReturnsRows = false, Further = further is null ? [] : [.. further] };
    }

    private static SqlStatement? CopyQuery(ref SqlCursor cursor)
    {
        if (StatementReader.ReadNested(ref cursor) is not { } query)
        {
            return null;
        }

        cursor.Next();
        if (!cursor.Is("TO") || !DefinitionReader.Rest(ref cursor))
        {
            return null;
        }

        bool reads = query.Verb == SqlVerb.Select;
        return new SqlStatement(reads ? SqlVerb.CopyOut : SqlVerb.ModifyingSelect)
        {
            Span = cursor.Span,
            ReturnsRows = false,
            MayChange = query.MayChange,
            Further = reads ? [] : query.Verb == SqlVerb.ModifyingSelect ? query.Further : [.. query.Further, query with { Further = [] }],
        };
    }

    private static void SkipParenthesis(ref SqlCursor cursor)
    {
        do
        {
            cursor.Next();
        }
        while (!cursor.IsEnd && !cursor.IsTop);

        cursor.Next();
    }
}
