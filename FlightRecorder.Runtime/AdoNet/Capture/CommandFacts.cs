using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>A command as it was when it went out; the app may change its object afterwards.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Text">What the text does; nothing where only a schema was asked for.</param>
/// <param name="Parameters">Null where there are none, or none are wanted.</param>
/// <param name="IsCall">It calls a procedure or block, of which the text does not tell what it changes.</param>
internal readonly record struct CommandFacts(string Sql, SqlText Text, NamedValue[]? Parameters, bool IsCall)
{
    /// <summary>File and line that called for it: of its text where the generator knows it, else of the caller where that is wanted.</summary>
    public string? Location { get; init; } = Text.Location;

    public SqlStatement[] Statements => Text.Statements;

    /// <summary>It neither changes rows nor controls a transaction, as far as its text tells.</summary>
    public bool OnlyReads => !Text.ChangesRows && !Text.ControlsTransaction && !IsCall;

    public static CommandFacts Of(DbCommand command, CommandBehavior behavior, RecordingSettings settings)
        => Of(command.CommandText, command.CommandType, command.Parameters, behavior, settings);

    public static CommandFacts Of(DbBatchCommand command, CommandBehavior behavior, RecordingSettings settings)
        => Of(command.CommandText, command.CommandType, command.Parameters, behavior, settings);

    private static CommandFacts Of(
        string? sql, CommandType type, DbParameterCollection parameters, CommandBehavior behavior, RecordingSettings settings)
    {
        sql ??= "";
        bool isText = type == CommandType.Text && !behavior.HasFlag(CommandBehavior.SchemaOnly);
        SqlText text = isText ? SqlTextCache.Read(sql) : SqlText.None;
        bool isCall = type == CommandType.StoredProcedure || text.Calls;
        return new CommandFacts(sql, text, settings.CaptureParameters ? Read(parameters, text) : null, isCall);
    }

    private static NamedValue[]? Read(DbParameterCollection parameters, SqlText text)
        => CommandParameters.Read(parameters, text, static (name, value, text) => new NamedValue(name, value, text.Columns.GetValueOrDefault(name)));
}
