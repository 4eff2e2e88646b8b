using System.Globalization;

namespace FlightRecorder;

/// <summary>The columns of a table and its primary key, from the server's catalog; none where there is no such table.</summary>
internal sealed class TableShape(TableColumn[] columns)
{
    /// <summary>Asked with the table's name as <c>$1</c>; one row per column.</summary>
    public const string Query = """
        SELECT a.attname::text, pg_catalog.format_type(a.atttypid, -1), pg_catalog.format_type(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END, -1),
            (t.typcategory = 'A')::text, coalesce(a.attnum = ANY (i.indkey), false)::text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary AND (c.relkind = 'p' OR NOT c.relhassubclass)
        WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind IN ('r', 'p')
        ORDER BY a.attnum
        """;

    public TableColumn[] Columns { get; } = columns;

    public TableColumn[] Key { get; } = Array.FindAll(columns, static column => column.IsKey);

    private string SelectList { get; } = string.Join(", ", columns.Select(static column => column.Selected));

    public static TableShape Of(IEnumerable<string?[]> rows)
        => new([.. rows.Select(static row => new TableColumn(row[0]!, row[1]!, row[2]!, row[3] == "true", row[4] == "true"))]);

    /// <summary>A query for the rows that meet a condition, one more than the limit to know whether there are more.</summary>
    public string Before(RowSelection selection, int limit)
        => string.Create(CultureInfo.InvariantCulture, $"{Rows} FROM {selection.From} WHERE ({selection.Condition}\n) LIMIT {limit + 1}) AS r");

    /// <summary>
    /// A query for the rows with given keys: <c>$1</c>, <c>$2</c> … are the texts of the key's columns, row by row. No array of them: a
    /// slim data source of Npgsql's has none.
    /// </summary>
    public string After(RowSelection selection, int count) => $"{Rows} FROM {selection.From} WHERE {KeyList(count)}) AS r";

    private string Rows => $"SELECT pg_catalog.row_to_json(r)::text FROM (SELECT {SelectList}";

    private string KeyList(int count)
        => string.Join(" OR ", Enumerable.Range(0, count).Select(row => "(" + string.Join(" AND ", Key.Select((column, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{column.Quoted} = CAST(${(row * Key.Length) + i + 1} AS {column.Type})"))) + ")"));
}
