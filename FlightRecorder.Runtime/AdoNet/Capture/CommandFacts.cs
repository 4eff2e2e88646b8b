using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>A command as it was when it went out; the app may change its object afterwards.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Statements">What the text does; empty where only a schema was asked for.</param>
/// <param name="Parameters">Null where there are none, or none are wanted.</param>
/// <param name="IsCall">It calls a procedure or block, of which the text does not tell what it changes.</param>
internal readonly record struct CommandFacts(string Sql, SqlStatement[] Statements, NamedValue[]? Parameters, bool IsCall)
{
    public bool ChangesRows => Array.Exists(Statements, static statement => statement.ChangesRows);

    public bool ControlsTransaction => Array.Exists(Statements, static statement => statement.ControlsTransaction);

    public static CommandFacts Of(DbCommand command, CommandBehavior behavior, RecordingSettings settings)
        => Of(command.CommandText, command.CommandType, command.Parameters, behavior, settings);

    public static CommandFacts Of(DbBatchCommand command, CommandBehavior behavior, RecordingSettings settings)
        => Of(command.CommandText, command.CommandType, command.Parameters, behavior, settings);

    private static CommandFacts Of(
        string? sql, CommandType type, DbParameterCollection parameters, CommandBehavior behavior, RecordingSettings settings)
    {
        sql ??= "";
        bool isText = type == CommandType.Text && !behavior.HasFlag(CommandBehavior.SchemaOnly);
        SqlStatement[] statements = isText ? StatementCache.Read(sql) : [];
        bool isCall = type == CommandType.StoredProcedure || Array.Exists(statements, static statement => statement.Verb == SqlVerb.Call);
        return new CommandFacts(sql, statements, settings.CaptureParameters ? ParameterValues.Of(parameters) : null, isCall);
    }
}
