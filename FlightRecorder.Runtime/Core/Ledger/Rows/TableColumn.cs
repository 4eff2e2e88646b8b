namespace FlightRecorder;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name, without quotes.</param>
/// <param name="Type">Its type, as a cast to it names it.</param>
/// <param name="BaseType">The type itself, or that of its domain.</param>
/// <param name="IsArray">It holds an array.</param>
/// <param name="IsKey">It belongs to the primary key.</param>
internal sealed record TableColumn(string Name, string Type, string BaseType, bool IsArray, bool IsKey)
{
    /// <summary>In characters: a row is shown to find a fault, not to hold a document. One more is read, to tell a cut text from one that is just so long.</summary>
    public const int MaxText = 8192;

    // Longer JSON is left out.
    private const int MaxJson = 32768;

    public string Quoted { get; } = "\"" + Name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public bool IsBytes => BaseType == "bytea";

    /// <summary>Its part of a select list; answers with what JSON can hold, and never with more than a bounded text.</summary>
    public string Selected => this switch
    {
        { IsBytes: true } => $"pg_catalog.octet_length({Quoted}) AS {Quoted}",
        { BaseType: "bytea[]" } => $"CASE WHEN {Quoted} IS NOT NULL THEN '(bytes)' END AS {Quoted}",
        { BaseType: "json" or "jsonb" } or { IsArray: true } => Json,
        { IsPlain: true } => Quoted,
        _ => $"pg_catalog.\"left\"({Quoted}::text, {MaxText + 1}) AS {Quoted}",
    };

    private bool IsPlain => BaseType is "smallint" or "integer" or "bigint" or "boolean" or "real" or "double precision" or "numeric" or "uuid" or "date"
        or "timestamp without time zone" or "timestamp with time zone" or "time without time zone";

    private string Json
        => $"CASE WHEN pg_catalog.octet_length({Quoted}::text) > {MaxJson} THEN pg_catalog.to_json('(too long)'::text) ELSE pg_catalog.to_json({Quoted}) END AS {Quoted}";
}
