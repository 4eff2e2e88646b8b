namespace FlightRecorder;

/// <summary>CALL, DO and EXECUTE: what they do stands elsewhere. EXPLAIN: carries out its statement only with ANALYZE.</summary>
internal static class CallReader
{
    // CALL name (arguments); EXECUTE name [(arguments)]
    public static SqlStatement? Call(ref SqlCursor cursor)
    {
        bool isOptional = cursor.Is("EXECUTE");
        cursor.Next();
        if (TargetReader.Name(ref cursor) is null || !(cursor.Is("(") || (isOptional && cursor.IsEnd)))
        {
            return null;
        }

        return DefinitionReader.Rest(ref cursor) ? new SqlStatement(SqlVerb.Call) { Span = cursor.Span } : null;
    }

    // DO [LANGUAGE name] 'body' [LANGUAGE name]
    public static SqlStatement? Do(ref SqlCursor cursor)
    {
        cursor.Next();
        SkipLanguage(ref cursor);
        if (cursor.Kind != SqlTokenKind.Literal)
        {
            return null;
        }

        cursor.Next();
        SkipLanguage(ref cursor);
        return new SqlStatement(SqlVerb.Call) { Span = cursor.Span, ReturnsRows = false };
    }

    // EXPLAIN [ANALYZE] [VERBOSE] statement, EXPLAIN (option [, …]) statement
    public static SqlStatement? Explain(ref SqlCursor cursor)
    {
        cursor.Next();
        bool? runs = cursor.Is("(") ? Options(ref cursor) : cursor.Skip("ANALYZE") || cursor.Skip("ANALYSE");
        cursor.Skip("VERBOSE");
        if (runs is null)
        {
            return null;
        }

        SqlStatement? explained = StatementReader.ReadExplained(ref cursor);
        return explained is null ? null
            : runs.Value ? explained with { Span = cursor.Span, ReturnsRows = true, IsSingleTable = false }
            : new SqlStatement(SqlVerb.Other) { Span = cursor.Span, ReturnsRows = true };
    }

    // The last ANALYZE counts; a value in quotes is not read.
    private static bool? Options(ref SqlCursor cursor)
    {
        bool runs = false;
        cursor.Next();
        while (!cursor.IsEnd && !cursor.IsTop)
        {
            bool isAnalyze = cursor.IsAny("ANALYZE", "ANALYSE");
            cursor.Next();
            if (isAnalyze)
            {
                runs = !cursor.IsAny("FALSE", "OFF") && cursor.Text is not "0";
            }

            if (cursor.Kind == SqlTokenKind.Literal)
            {
                return null;
            }
        }

        cursor.Next();
        return runs;
    }

    private static void SkipLanguage(ref SqlCursor cursor)
    {
        if (cursor.Skip("LANGUAGE"))
        {
            cursor.Next();
        }
    }
}
