using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace FlightRecorder.AdoNet;

/// <summary>A provider's command that adds its runs to the recording they happen in. Parameters are the provider's own.</summary>
internal sealed class RecordingCommand : DbCommand, IExecutable
{
    private Execution? _running;
    private DbTransaction? _given;

    public RecordingCommand(DbCommand inner, RecordingSettings settings, RecordingConnection? connection)
    {
        Inner = inner;
        Settings = settings;
        Decorated = connection;

        // The base class has a finalizer; what needs one is the provider's command, which has its own.
        GC.SuppressFinalize(this);
    }

    public DbCommand Inner { get; }

    public RecordingSettings Settings { get; }

    /// <summary>The decorated connection it runs on; null for none, or one that is not decorated.</summary>
    public RecordingConnection? Decorated { get; private set; }

    /// <summary>That of the data source which picks a connection for each run; null elsewhere.</summary>
    public string? ConnectionString { get; init; }

    [AllowNull]
    public override string CommandText
    {
        get => Inner.CommandText;
        set => Inner.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => Inner.CommandTimeout;
        set => Inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => Inner.CommandType;
        set => Inner.CommandType = value;
    }

    public override bool DesignTimeVisible
    {
        get => Inner.DesignTimeVisible;
        set => Inner.DesignTimeVisible = value;
    }

    public override UpdateRowSource UpdatedRowSource
    {
        get => Inner.UpdatedRowSource;
        set => Inner.UpdatedRowSource = value;
    }

    public override System.ComponentModel.ISite? Site
    {
        get => Inner.Site;
        set => Inner.Site = value;
    }

    protected override DbConnection? DbConnection
    {
        get => Given.Connection(Inner.Connection, Decorated);
        set
        {
            Inner.Connection = value is RecordingConnection decorated ? decorated.Inner : value;
            Decorated = value as RecordingConnection;
        }
    }

    protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => Given.Transaction(Inner.Transaction, _given);
        set
        {
            Inner.Transaction = value is RecordingTransaction decorated ? decorated.Inner : value;
            _given = value;
        }
    }

    public ConnectionTransactions? Transactions => Decorated?.Transactions;

    public object Provider => Inner;

    public ExecutionPlace Place()
        => ConnectionString is null
            ? ExecutionPlace.On(Inner.Connection, Transactions, Given.Open(DbTransaction))
            : ExecutionPlace.OnDataSource(ConnectionString);

    /// <summary>As new, for a provider that hands out its command again after it was disposed.</summary>
    public RecordingCommand Again(RecordingConnection connection)
    {
        Decorated = connection;
        _given = null;
        _running = null;
        return this;
    }

    public override void Cancel()
    {
        _running?.Cancelled();
        Inner.Cancel();
    }

    public override void Prepare() => Inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => Inner.PrepareAsync(cancellationToken);

    public override int ExecuteNonQuery()
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.NonQuery(execution, Inner, static command => command.ExecuteNonQuery())
            : Inner.ExecuteNonQuery();

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.NonQueryAsync(execution, Inner, static (command, token) => command.ExecuteNonQueryAsync(token), cancellationToken)
            : Inner.ExecuteNonQueryAsync(cancellationToken);

    public override object? ExecuteScalar()
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.Scalar(execution, Inner, static command => command.ExecuteScalar())
            : Inner.ExecuteScalar();

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
        => Begin(CommandBehavior.Default) is { } execution
            ? Watched.ScalarAsync(execution, Inner, static (command, token) => command.ExecuteScalarAsync(token), cancellationToken)
            : Inner.ExecuteScalarAsync(cancellationToken);

    public override ValueTask DisposeAsync()
    {
        ValueTask disposing = DisposedEvents.DisposeAsync(Inner, out bool raises);
        base.Dispose(raises);
        return disposing;
    }

    protected override DbParameter CreateDbParameter() => Inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        => Begin(behavior) is { } execution
            ? Watched.Reader(execution, Inner, behavior, static (command, behavior) => command.ExecuteReader(behavior))
            : Inner.ExecuteReader(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
        => Begin(behavior) is { } execution
            ? Watched.ReaderAsync(
                execution, Inner, behavior, static (command, behavior, token) => command.ExecuteReaderAsync(behavior, token), cancellationToken)
            : Inner.ExecuteReaderAsync(behavior, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bool raises = DisposedEvents.Dispose(Inner);
            base.Dispose(raises);
        }
    }

    private Execution? Begin(CommandBehavior behavior) => _running = Execution.Begin(this, behavior);
}
