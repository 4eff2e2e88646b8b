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

    private static readonly string[] Leave = ["ROLLBACK TO SAVEPOINT " + Savepoint, "RELEASE SAVEPOINT " + Savepoint];

    private const int ClientSeconds = 10;
    private const string Savepoint = "flight_recorder_read";

    private DbTransaction? _own;
    private string? _isolation;
    private string[] _setUp = [];
    private bool _isInside;
    private bool _isSent;

    /// <summary>Makes ready to read; null, or why nothing is read.</summary>
    /// <remarks>
    /// The first question takes no snapshot and can't fail in a sound transaction. The provider refuses it while a reader is open, where
    /// it would let a transaction begin.
    /// </remarks>
    /// <param name="isKnown">An earlier read was made just before: no reader is open, and the isolation level is one to read under.</param>
    public async ValueTask<string?> BeginAsync(bool isKnown)
    {
        if ((isKnown ? null : await WhyNotAsync().ConfigureAwait(false)) is { } why)
        {
            return why;
        }

        _setUp = await IsOwnAsync().ConfigureAwait(false) ? Limits : ["SAVEPOINT " + Savepoint, .. Limits];
        return _own is not null || isKnown || _isolation is "read committed" or "read uncommitted" ? null : RowReasons.Isolation;
    }

    /// <summary>The rows of a query, every column as text.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="parameters">Its parameters, without names.</param>
    /// <param name="isLast">It is the last one: what was begun ends with it, without another way to the server.</param>
    /// <exception cref="DbException">The server refused it.</exception>
    public async ValueTask<List<string?[]>> QueryAsync(string sql, IEnumerable<DbParameter> parameters, bool isLast)
    {
        DbParameter[] given = [.. parameters];
        if (given.Length > 0)
        {
            await EnterAsync().ConfigureAwait(false);
        }

        string[] leave = !isLast ? [] : _own is null ? Leave : ["ROLLBACK"];
        using DbBatch batch = Batch([.. _setUp, sql, .. leave]);
        foreach (DbParameter parameter in given)
        {
            batch.BatchCommands[_setUp.Length].Parameters.Add(parameter);
        }

        (bool wasInside, string[] setUp) = (_isInside, _setUp);
        _isInside = _own is null;
        _setUp = [];
        _isSent = false;
        try
        {
            List<string?[]> rows = await RowsAsync(batch).ConfigureAwait(false);
            _isInside &= !isLast;
            return rows;
        }
        catch (Exception error) when (!_isSent && (error as DbException)?.SqlState is null)
        {
            // The provider refused a parameter before it sent anything (a slim data source knows no arrays): no savepoint was made, and going
            // back to it would end the app's transaction.
            (_isInside, _setUp) = (wasInside, setUp);
            throw;
        }
    }

    /// <summary>Leaves everything as it was.</summary>
    public async ValueTask EndAsync()
    {
        if (_own is { } own)
        {
            _own = null;
            await EndAsync(own).ConfigureAwait(false);
        }
        else if (_isInside)
        {
            _isInside = false;
            using DbBatch batch = Batch(Leave);
            await RowsAsync(batch).ConfigureAwait(false);
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

    // The provider may refuse a parameter before it sends anything, and going back to a savepoint that was never made would end the
    // app's transaction: with parameters the savepoint goes first, alone.
    private async ValueTask EnterAsync()
    {
        if (_own is null && _setUp.Length > 0)
        {
            using DbBatch batch = Batch(_setUp);
            _isInside = true;
            _setUp = [];
            await RowsAsync(batch).ConfigureAwait(false);
        }
    }

    private async ValueTask<string?> WhyNotAsync()
    {
        try
        {
            _isolation = await IsolationAsync().ConfigureAwait(false);
            return null;
        }
        catch (DbException error) when (error.SqlState is null && connection.State == ConnectionState.Open)
        {
            return RowReasons.Busy;
        }
        catch (DbException error) when (error.SqlState == "25P02")
        {
            return RowReasons.FailedTransaction;
        }
    }

    // The provider sends nothing yet, and knows better than anybody whether a transaction is open, by API, scope or SQL text.
    private async ValueTask<bool> IsOwnAsync()
    {
        try
        {
            _own = isAsync
                ? await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted).ConfigureAwait(false)
                : connection.BeginTransaction(IsolationLevel.ReadCommitted);
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

    // Rolls back what is still open.
    private async ValueTask EndAsync(DbTransaction own)
    {
        if (isAsync)
        {
            await own.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
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
        try
        {
            return await ReadAsync(batch).ConfigureAwait(false);
        }
        catch (DbException error)
        {
            ServerRefusals.PlaceOwn(error);
            throw;
        }
    }

    private async ValueTask<List<string?[]>> ReadAsync(DbBatch batch)
    {
        var rows = new List<string?[]>();
        DbDataReader reader = isAsync ? await batch.ExecuteReaderAsync().ConfigureAwait(false) : batch.ExecuteReader();
        _isSent = true;
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
