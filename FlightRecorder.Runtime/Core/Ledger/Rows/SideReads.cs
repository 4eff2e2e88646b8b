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
    private bool _hasSavepoint;

    /// <summary>Makes ready to read; null, or why nothing is read.</summary>
    public async ValueTask<string?> BeginAsync()
    {
        // Sends nothing yet, and knows better than anybody whether a transaction is open, by API, scope or SQL text.
        try
        {
            _own = connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        }
        catch (InvalidOperationException)
        {
            return await BeginInsideAsync().ConfigureAwait(false);
        }
        catch (DbException)
        {
            return RowReasons.Busy;
        }

        await SendAsync(Limits).ConfigureAwait(false);
        return null;
    }

    /// <summary>The rows of a query, every column as text.</summary>
    /// <exception cref="DbException">The server refused it.</exception>
    public async ValueTask<List<string?[]>> QueryAsync(string sql, IEnumerable<DbParameter> parameters)
    {
        using DbBatch batch = Batch([sql]);
        foreach (DbParameter parameter in parameters)
        {
            batch.BatchCommands[0].Parameters.Add(parameter);
        }

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
            await SendAsync("ROLLBACK TO SAVEPOINT " + Savepoint, "RELEASE SAVEPOINT " + Savepoint).ConfigureAwait(false);
        }
    }

    // None of these takes a snapshot or can fail in a sound transaction.
    private async ValueTask<string?> BeginInsideAsync()
    {
        try
        {
            string? isolation = await SendAsync(["SHOW transaction_isolation", "SAVEPOINT " + Savepoint, .. Limits]).ConfigureAwait(false);
            _hasSavepoint = true;
            return isolation is "read committed" or "read uncommitted" ? null : RowReasons.Isolation;
        }
        catch (DbException error) when (error.SqlState == "25P02")
        {
            return RowReasons.FailedTransaction;
        }
        catch (DbException error)
        {
            await TryEndAsync().ConfigureAwait(false);
            return Failed(error);
        }
    }

    // Whether the savepoint was made is not known.
    private async ValueTask TryEndAsync()
    {
        try
        {
            _hasSavepoint = true;
            await EndAsync().ConfigureAwait(false);
        }
        catch (DbException)
        {
            _hasSavepoint = false;
        }
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

    // Answers with the first value, where there is one.
    private async ValueTask<string?> SendAsync(params string[] commands)
    {
        using DbBatch batch = Batch(commands);
        return await RowsAsync(batch).ConfigureAwait(false) is [string?[] first, ..] ? first[0] : null;
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
