using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>
/// A provider's batch that adds its runs to the recording they happen in. Its commands and their collection are the provider's own,
/// so that <see cref="DbException.BatchCommand"/> names the object the app knows.
/// </summary>
internal sealed class RecordingBatch(DbBatch inner, RecordingSettings settings, RecordingConnection? connection) : DbBatch, IExecutable
{
    private RecordingConnection? _connection = connection;
    private Execution? _running;

    public DbBatch Inner { get; } = inner;

    public RecordingSettings Settings { get; } = settings;

    /// <summary>That of the data source which picks a connection for each run; null elsewhere.</summary>
    public string? ConnectionString { get; init; }

    public override int Timeout
    {
        get => Inner.Timeout;
        set => Inner.Timeout = value;
    }

    protected override DbBatchCommandCollection DbBatchCommands => Inner.BatchCommands;

    protected override DbConnection? DbConnection
    {
        get => Given.Connection(Inner.Connection, _connection);
        set
        {
            Inner.Connection = value is RecordingConnection decorated ? decorated.Inner : value;
            _connection = value as RecordingConnection;
        }
    }

    protected override DbTransaction? DbTransaction
    {
        get => Given.Transaction(Inner.Transaction, field);
        set
        {
            Inner.Transaction = value is RecordingTransaction decorated ? decorated.Inner : value;
            field = value;
        }
    }

    public ConnectionTransactions? Transactions => _connection?.Transactions;

    public object Provider => Inner;

    public ExecutionPlace Place()
        => ConnectionString is null
            ? ExecutionPlace.On(Inner.Connection, Transactions, Given.Open(DbTransaction))
            : ExecutionPlace.OnDataSource(ConnectionString);

    public override void Cancel()
    {
        _running?.Cancelled();
        Inner.Cancel();
    }

    public override void Prepare() => Inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => Inner.PrepareAsync(cancellationToken);

    public override int ExecuteNonQuery()
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.NonQuery(execution, Inner, static batch => batch.ExecuteNonQuery())
            : Inner.ExecuteNonQuery();

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.NonQueryAsync(execution, Inner, static (batch, token) => batch.ExecuteNonQueryAsync(token), cancellationToken)
            : Inner.ExecuteNonQueryAsync(cancellationToken);

    public override object? ExecuteScalar()
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.Scalar(execution, Inner, static batch => batch.ExecuteScalar())
            : Inner.ExecuteScalar();

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default)
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.ScalarAsync(execution, Inner, static (batch, token) => batch.ExecuteScalarAsync(token), cancellationToken)
            : Inner.ExecuteScalarAsync(cancellationToken);

    public override void Dispose() => Inner.Dispose();

    public override ValueTask DisposeAsync() => Inner.DisposeAsync();

    protected override DbBatchCommand CreateDbBatchCommand() => Inner.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        => Begin(behavior) is { } execution
            ? Watched.Reader(execution, Inner, behavior, static (batch, behavior) => batch.ExecuteReader(behavior))
            : Inner.ExecuteReader(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
        => Begin(behavior) is { } execution
            ? Watched.ReaderAsync(
                execution, Inner, behavior, static (batch, behavior, token) => batch.ExecuteReaderAsync(behavior, token), cancellationToken)
            : Inner.ExecuteReaderAsync(behavior, cancellationToken);

    private Execution? Begin(CommandBehavior behavior) => _running = Execution.Begin(this, behavior);
}
