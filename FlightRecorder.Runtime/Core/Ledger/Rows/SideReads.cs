using System.Data;
using System.Data.Common;

namespace FlightRecorder;

/// <summary>
/// Reads of the recorder's own on the app's connection, inside the app's transaction where one is open. They can't write, are
/// bounded in time, and whatever becomes of them is rolled back: to a savepoint of their own inside the app's transaction, else
/// with a transaction of their own. Plain reads lock no rows, and wait for a table's lock shorter than a deadlock takes to be found.
/// </summary>
/// <param name="connection">An open connection of Npgsql's, with no command under way.</param>
/// <param name="isAsync">Whether to wait without blocking.</param>
internal sealed class SideReads(DbConnection connection, bool isAsync)
{
    // A statement slower than that to find its rows is slow enough. The client's own limit only matters when the server is gone.
    private static readonly string[] Limits =
    [
        "SET LOCAL statement_timeout = 1000",
        "SET LOCAL lock_timeout = 100",
        "SET LOCAL transaction_read_only = on",
    ];

    private const int ClientSeconds = 10;
    private const string Savepoint = "flight_recorder_read";

    private DbTransaction? _own;
    private string[] _setUp = [];
    private bool _hasSavepoint;

    /// <summary>Makes ready to read; null, or why nothing is read.</summary>
    /// <remarks>
    /// The first question takes no snapshot and can't fail in a sound transaction. The provider refuses it while a reader is open, where
    /// it would let a transaction begin.
    /// </remarks>
    public async ValueTask<string?> BeginAsync()
    {
        string? isolation;
        try
        {
            isolation = await IsolationAsync().ConfigureAwait(false);
        }
        catch (DbException error) when (error.SqlState is null && connection.State == ConnectionState.Open)
        {
            return RowReasons.Busy;
        }
        catch (DbException error) when (error.SqlState == "25P02")
        {
            return RowReasons.FailedTransaction;
        }

        _setUp = IsOwn() ? Limits : ["SAVEPOINT " + Savepoint, .. Limits];
        return _own is not null || isolation is "read committed" or "read uncommitted" ? null : RowReasons.Isolation;
    }

    /// <summary>The rows of a query, every column as text.</summary>
    /// <exception cref="DbException">The server refused it.</exception>
    public async ValueTask<List<string?[]>> QueryAsync(string sql, IEnumerable<DbParameter> parameters)
    {
        using DbBatch batch = Batch([.. _setUp, sql]);
        foreach (DbParameter parameter in parameters)
        {
            batch.BatchCommands[^1].Parameters.Add(parameter);
        }

        _hasSavepoint |= _own is null;
        _setUp = [];
        return await RowsAsync(batch).ConfigureAwait(false);
    }

    /// <summary>Leaves everything as it was.</summary>
    public async ValueTask EndAsync()
    {
        if (_own is { } own)
        {
            _own = null;
            await EndAsync(own).ConfigureAwait(false);
        }
        else if (_hasSavepoint)
        {
            _hasSavepoint = false;
            using DbBatch batch = Batch(["ROLLBACK TO SAVEPOINT " + Savepoint, "RELEASE SAVEPOINT " + Savepoint]);
            await RowsAsync(batch).ConfigureAwait(false);
        }
    }

    // The provider sends nothing yet, and knows better than anybody whether a transaction is open, by API, scope or SQL text.
    private bool IsOwn()
    {
        try
        {
            _own = connection.BeginTransaction(IsolationLevel.ReadCommitted);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async ValueTask<string?> IsolationAsync()
    {
        using DbBatch batch = Batch(["SHOW transaction_isolation"]);
        return (await RowsAsync(batch).ConfigureAwait(false))[0][0];
    }

    /// <summary>What is told of a read that the server refused; nothing of its message, which may hold values.</summary>
    public static string Failed(DbException error) => error.SqlState switch
    {
        "57014" => "reading them took too long",
        "55P03" => "the table was locked",
        "42501" => "the app's user may not read them",
        { Length: > 0 } state => "reading them failed (SQLSTATE " + state + ")",
        _ => "reading them failed",
    };

    private async ValueTask EndAsync(DbTransaction own)
    {
        if (isAsync)
        {
            await own.RollbackAsync().ConfigureAwait(false);
            await own.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            own.Rollback();
            own.Dispose();
        }
    }

    private DbBatch Batch(string[] commands)
    {
        DbBatch batch = connection.CreateBatch();
        batch.Timeout = ClientSeconds;
        foreach (string sql in commands)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = sql;
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private async ValueTask<List<string?[]>> RowsAsync(DbBatch batch)
    {
        var rows = new List<string?[]>();
        DbDataReader reader = isAsync ? await batch.ExecuteReaderAsync().ConfigureAwait(false) : batch.ExecuteReader();
        try
        {
            do
            {
                while (isAsync ? await reader.ReadAsync().ConfigureAwait(false) : reader.Read())
                {
                    rows.Add(Row(reader));
                }
            }
            while (isAsync ? await reader.NextResultAsync().ConfigureAwait(false) : reader.NextResult());
        }
        finally
        {
            await EndAsync(reader).ConfigureAwait(false);
        }

        return rows;
    }

    private async ValueTask EndAsync(DbDataReader reader)
    {
        if (isAsync)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            reader.Dispose();
        }
    }

    private static string?[] Row(DbDataReader reader)
    {
        var row = new string?[reader.FieldCount];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
        }

        return row;
    }
}
