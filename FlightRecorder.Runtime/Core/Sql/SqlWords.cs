using System.Collections.Frozen;

namespace FlightRecorder;

/// <summary>PostgreSQL's words as far as reading statements needs them. Case does not matter.</summary>
internal static class SqlWords
{
    // Those that no table, alias or function is called without quotes.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Reserved = Set("""
        ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC AUTHORIZATION BINARY BOTH CASE CAST CHECK COLLATE COLLATION COLUMN
        CONCURRENTLY CONSTRAINT CREATE CROSS CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP
        CURRENT_USER DEFAULT DEFERRABLE DESC DISTINCT DO ELSE END EXCEPT FALSE FETCH FOR FOREIGN FREEZE FROM FULL GRANT GROUP HAVING
        ILIKE IN INITIALLY INNER INTERSECT INTO IS ISNULL JOIN LATERAL LEADING LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NATURAL NOT
        NOTNULL NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PLACING PRIMARY REFERENCES RETURNING RIGHT SELECT SESSION_USER SIMILAR SOME
        SYMMETRIC SYSTEM_USER TABLE TABLESAMPLE THEN TO TRAILING TRUE UNION UNIQUE USER USING VARIADIC VERBOSE WHEN WHERE WINDOW WITH
        """);

    // What begins a statement here or elsewhere; in the middle of one it tells of a dialect that needs no semicolons.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Statements = Set("""
        SELECT INSERT UPDATE DELETE MERGE REPLACE TRUNCATE BEGIN COMMIT ROLLBACK SAVE TRAN EXEC EXECUTE CALL DECLARE IF WHILE PRINT GO USE
        RETURN CREATE ALTER DROP GRANT REVOKE SET RAISERROR THROW WAITFOR OUTPUT OPTION
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BeforeName = Set("BY EXISTS VALUES BETWEEN TOP");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Operators = Set("FROM JOIN WHERE AND OR NOT ON BY SELECT HAVING WHEN IN LIKE ONLY LATERAL");

    // Modifiers that other dialects put where PostgreSQL has the table.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Modifiers = Set("TOP IGNORE LOW_PRIORITY HIGH_PRIORITY DELAYED QUICK");

    // Functions, and words with a parenthesis, of which it is certain that they change nothing.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pure = Set("""
        VALUES EXISTS SYSTEM BERNOULLI OVER FILTER BY MATERIALIZED ROW COUNT SUM MIN MAX AVG BOOL_AND BOOL_OR EVERY ARRAY_AGG STRING_AGG JSON_AGG JSONB_AGG
        JSON_OBJECT_AGG JSONB_OBJECT_AGG STDDEV VARIANCE PERCENTILE_CONT PERCENTILE_DISC MODE ROW_NUMBER RANK DENSE_RANK PERCENT_RANK
        NTILE LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE COALESCE NULLIF GREATEST LEAST LOWER UPPER INITCAP LENGTH CHAR_LENGTH
        OCTET_LENGTH SUBSTRING SUBSTR POSITION STRPOS TRIM BTRIM LTRIM RTRIM LPAD RPAD REPEAT REVERSE REPLACE TRANSLATE OVERLAY CONCAT
        CONCAT_WS FORMAT SPLIT_PART STARTS_WITH REGEXP_REPLACE REGEXP_MATCH REGEXP_MATCHES ASCII CHR MD5 SHA256 ENCODE DECODE
        QUOTE_IDENT QUOTE_LITERAL ABS CEIL CEILING FLOOR ROUND TRUNC SIGN MOD DIV POWER SQRT EXP LN LOG RANDOM NOW AGE EXTRACT DATE_PART
        DATE_TRUNC DATE_BIN MAKE_DATE MAKE_INTERVAL CLOCK_TIMESTAMP STATEMENT_TIMESTAMP TO_CHAR TO_DATE TO_NUMBER TO_TIMESTAMP
        ARRAY_LENGTH ARRAY_APPEND ARRAY_REMOVE ARRAY_POSITION ARRAY_TO_STRING STRING_TO_ARRAY CARDINALITY UNNEST GENERATE_SERIES
        JSON_BUILD_OBJECT JSONB_BUILD_OBJECT JSON_BUILD_ARRAY JSONB_BUILD_ARRAY TO_JSON TO_JSONB ROW_TO_JSON JSONB_SET JSONB_ARRAY_LENGTH
        JSONB_ARRAY_ELEMENTS JSONB_ARRAY_ELEMENTS_TEXT JSONB_EACH JSONB_EACH_TEXT JSONB_EXTRACT_PATH_TEXT JSONB_TYPEOF
        JSONB_PATH_EXISTS JSONB_PATH_QUERY TO_TSVECTOR TO_TSQUERY PLAINTO_TSQUERY WEBSEARCH_TO_TSQUERY TS_RANK GEN_RANDOM_UUID VERSION
        CURRENT_DATABASE CURRENT_SETTING CURRVAL LASTVAL TXID_CURRENT PG_TYPEOF NUMERIC DECIMAL VARCHAR CHAR CHARACTER TIMESTAMP
        TIMESTAMPTZ TIME INTERVAL BIT GROUPING SETS ROLLUP CUBE WITHIN GROUP
        """);

    public static bool IsReserved(ReadOnlySpan<char> word) => Reserved.Contains(word);

    public static bool BeginsStatement(ReadOnlySpan<char> word) => Statements.Contains(word);

    /// <summary>Whether a name or value must follow.</summary>
    public static bool TakesOperand(ReadOnlySpan<char> word) => Operators.Contains(word);

    /// <summary>Whether what follows can't be a subscript.</summary>
    public static bool StandsBeforeName(ReadOnlySpan<char> word) => IsReserved(word) || BeginsStatement(word) || BeforeName.Contains(word);

    public static bool IsForeignModifier(ReadOnlySpan<char> word) => Modifiers.Contains(word);

    public static bool IsPure(ReadOnlySpan<char> function) => Pure.Contains(function) || IsReserved(function);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) => words
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();
}
