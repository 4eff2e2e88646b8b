using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>What a SQL text does, read once.</summary>
internal sealed class SqlText
{
    /// <summary>Of a command that carries out no text of its own.</summary>
    public static readonly SqlText None = Read("");

    private Dictionary<string, string>? _columns;
    private RowSelection? _rows;
    private byte[]? _shape;

    private SqlText(string sql, SqlStatement[] statements)
    {
        Sql = sql;
        Statements = statements;
        Steps = StepsOf(Statements);
        ChangesRows = Array.Exists(Statements, static statement => statement.ChangesRows);
        ControlsTransaction = Array.Exists(Statements, static statement => statement.ControlsTransaction);
        MayChange = Array.Exists(Statements, static statement => statement.MayChange);
        Calls = Array.Exists(Statements, static statement => statement.Verb == SqlVerb.Call || statement.IsUnknown);
    }

    public string Sql { get; }

    /// <summary>File and line of the only call that hands this text over, where the generator knows it; else null.</summary>
    public string? Location { get; private init; }

    /// <summary>In order; empty ones are left out. One unknown where the text is not understood.</summary>
    public SqlStatement[] Statements { get; }

    /// <summary>
    /// What is done, in order: the statements, each after what it writes in common table expressions. A query that writes only there
    /// is not among them.
    /// </summary>
    public SqlStatement[] Steps { get; }

    /// <summary>The columns that its parameters are written to or compared with, by the parameters' names without prefix.</summary>
    public Dictionary<string, string> Columns => _columns ??= ParameterColumns.In(Sql);

    /// <summary>Its verbs and tables, without any value.</summary>
    public byte[] Shape => _shape ??= StatementShape.Of(this);

    public bool ChangesRows { get; }

    /// <summary>It may begin or end a transaction.</summary>
    public bool ControlsTransaction { get; }

    /// <summary>It does something that is not in the text, or not understood.</summary>
    public bool Calls { get; }

    /// <summary>The rows that it is about to change; null where it changes none.</summary>
    public RowSelection? Rows => _rows ??= RowSelection.Of(this);

    /// <summary>A query calls a function that is not known to be free of side effects.</summary>
    public bool MayChange { get; }

    /// <summary>Reads the text, past the cache.</summary>
    public static SqlText Read(string sql) => new(sql, StatementReader.Read(sql));

    /// <summary>Takes what was read at compile time.</summary>
    public static SqlText Of(ConstantSql constant, string? location)
        => new(constant.Text, ConstantReading.Statements(constant)) { Location = location, _columns = ConstantReading.Columns(constant) };

    private static SqlStatement[] StepsOf(SqlStatement[] statements)
        => Array.TrueForAll(statements, static statement => statement.Further.Length == 0) ? statements : [.. statements.SelectMany(StepsOf)];

    private static IEnumerable<SqlStatement> StepsOf(SqlStatement statement)
        => statement.Verb == SqlVerb.ModifyingSelect ? statement.Further : statement.Further.Append(statement);
}
