using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.Support;

/// <summary>A provider's command that fails with an exception the test knows, and whose text cannot be read when asked to.</summary>
internal sealed class ThrowingCommand : DbCommand
{
    public InvalidTimeZoneException Error { get; } = new("refused");

    /// <summary>Whether looking at the command fails too, as the recorder does.</summary>
    public bool HidesText { get; init; }

    public int Runs { get; private set; }

    [AllowNull]
    public override string CommandText
    {
        get => HidesText ? throw new NotSupportedException("no text") : "SELECT 1";
        set { }
    }

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection { get; } = new NpgsqlCommand().Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery() => throw Error;

    public override object? ExecuteScalar()
    {
        Runs++;
        return 1;
    }

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => new NpgsqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw Error;
}
