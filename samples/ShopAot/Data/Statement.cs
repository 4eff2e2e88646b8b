using System.Data.Common;
using Npgsql;

namespace ShopAot.Data;

/// <summary>A command on an open connection with its parameters, numbered from $1 as PostgreSQL does.</summary>
internal static class Statement
{
    public static DbCommand On(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public static DbCommand With<T>(this DbCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>Runs it, and returns the rows affected.</summary>
    public static async Task<int> RunAsync(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
