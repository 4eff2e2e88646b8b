namespace FlightRecorder.AdoNet;

/// <summary>What a text does, read once.</summary>
internal sealed class TextFacts(string sql, SqlStatement[] statements)
{
    /// <summary>Of a command that carries out no text of its own.</summary>
    public static readonly TextFacts None = new("", []);

    private Dictionary<string, string>? _columns;

    public string Sql { get; } = sql;

    /// <summary>The columns that its parameters are written to or compared with, by the parameters' names without prefix.</summary>
    public Dictionary<string, string> Columns => _columns ??= ParameterColumns.In(Sql);

    public SqlStatement[] Statements { get; } = statements;

    public bool ChangesRows { get; } = Array.Exists(statements, static statement => statement.ChangesRows);

    public bool ControlsTransaction { get; } = Array.Exists(statements, static statement => statement.ControlsTransaction);

    public bool Calls { get; } = Array.Exists(statements, static statement => statement.Verb == SqlVerb.Call);
}
