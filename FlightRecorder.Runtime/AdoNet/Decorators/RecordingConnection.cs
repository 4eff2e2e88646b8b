using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Transactions;
using IsolationLevel = System.Data.IsolationLevel;

namespace FlightRecorder.AdoNet;

/// <summary>A provider's connection whose commands, batches and transactions are decorated. Everything else is the provider's.</summary>
internal class RecordingConnection : DbConnection, IDecoratedConnection
{
    private StateChangeEventHandler? _stateChange;
    private RecordingCommand? _lastCommand;

    protected RecordingConnection(DbConnection inner, RecordingSettings settings)
    {
        Inner = inner;
        Settings = settings;
        Transactions = new ConnectionTransactions(inner);

        // The base class has a finalizer; what needs one is the provider's connection, which has its own.
        GC.SuppressFinalize(this);
    }

    public DbConnection Inner { get; }

    public RecordingSettings Settings { get; }

    /// <summary>What is known of transactions on this connection, also from before the recording.</summary>
    public ConnectionTransactions Transactions { get; }

    public static RecordingConnection Over(DbConnection connection, RecordingSettings settings)
        => connection.GetType().Name == nameof(DapperNames.NpgsqlConnection)
            ? new DapperNames.NpgsqlConnection(connection, settings)
            : new RecordingConnection(connection, settings);

    [AllowNull]
    public override string ConnectionString
    {
        get => Inner.ConnectionString;
        set => Inner.ConnectionString = value;
    }

    public override int ConnectionTimeout => Inner.ConnectionTimeout;

    public override string Database => Inner.Database;

    public override string DataSource => Inner.DataSource;

    public override string ServerVersion => Inner.ServerVersion;

    public override ConnectionState State => Inner.State;

    public override bool CanCreateBatch => Inner.CanCreateBatch;

    public override System.ComponentModel.ISite? Site
    {
        get => Inner.Site;
        set => Inner.Site = value;
    }

    /// <summary>As the provider's, with this connection as the sender.</summary>
    public override event StateChangeEventHandler? StateChange
    {
        add
        {
            if (_stateChange is null && value is not null)
            {
                Inner.StateChange += Forward;
            }

            _stateChange += value;
        }

        remove
        {
            bool had = _stateChange is not null;
            _stateChange -= value;
            if (had && _stateChange is null)
            {
                Inner.StateChange -= Forward;
            }
        }
    }

    /// <summary>
    /// The provider hands out a disposed command of this connection again, emptied: so is its decorator then, whose making would cost
    /// more than all else, since it is registered for finalization.
    /// </summary>
    protected virtual bool ReusesCommands => false;

    protected override DbProviderFactory? DbProviderFactory
        => DbProviderFactories.GetFactory(Inner) is { } factory ? RecordingProviderFactory.Over(factory, Settings) : null;

    // The ambient transaction is looked at first: it need not flow over an await.
    public override void Open()
    {
        Transactions.Opened(Transaction.Current);
        Inner.Open();
    }

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        Transactions.Opened(Transaction.Current);
        return Inner.OpenAsync(cancellationToken);
    }

    public override void Close()
    {
        RecordingTransaction? open = Transactions.Closing();
        Inner.Close();
        Transactions.Closed(open);
    }

    public override Task CloseAsync()
    {
        RecordingTransaction? open = Transactions.Closing();
        Task closing = Inner.CloseAsync();
        Transactions.Closed(open);
        return closing;
    }

    public override void ChangeDatabase(string databaseName) => Inner.ChangeDatabase(databaseName);

    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default)
        => Inner.ChangeDatabaseAsync(databaseName, cancellationToken);

    public override void EnlistTransaction(Transaction? transaction)
    {
        Inner.EnlistTransaction(transaction);
        Transactions.Enlisted(transaction);
    }

    public override DataTable GetSchema() => Inner.GetSchema();

    public override DataTable GetSchema(string collectionName) => Inner.GetSchema(collectionName);

    public override DataTable GetSchema(string collectionName, string?[] restrictionValues) => Inner.GetSchema(collectionName, restrictionValues);

    public override Task<DataTable> GetSchemaAsync(CancellationToken cancellationToken = default) => Inner.GetSchemaAsync(cancellationToken);

    public override Task<DataTable> GetSchemaAsync(string collectionName, CancellationToken cancellationToken = default)
        => Inner.GetSchemaAsync(collectionName, cancellationToken);

    public override Task<DataTable> GetSchemaAsync(string collectionName, string?[] restrictionValues, CancellationToken cancellationToken = default)
        => Inner.GetSchemaAsync(collectionName, restrictionValues, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        RecordingTransaction? open = Transactions.Closing();
        ValueTask disposing = DisposedEvents.DisposeAsync(Inner, out bool raises);
        Transactions.Closed(open);
        base.Dispose(raises);
        return disposing;
    }

    /// <summary>The decorated transaction for one of the provider's on this connection; a plain one where the app began it elsewhere.</summary>
    [return: NotNullIfNotNull(nameof(transaction))]
    public DbTransaction? Decorated(DbTransaction? transaction)
        => transaction is not null && Transactions.Current is { } current && ReferenceEquals(current.Inner, transaction) ? current : transaction;

    protected override void OnStateChange(StateChangeEventArgs stateChange) => _stateChange?.Invoke(this, stateChange);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => Begun(Inner.BeginTransaction(isolationLevel));

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
        => Begun(await Inner.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false));

    protected override DbCommand CreateDbCommand()
    {
        RecordingCommand command = Decorate(Inner.CreateCommand());
        if (Settings.CaptureCallSite)
        {
            Called.Created(command, Inner.State);
        }

        return command;
    }

    protected override DbBatch CreateDbBatch() => new RecordingBatch(Inner.CreateBatch(), Settings, this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            RecordingTransaction? open = Transactions.Closing();
            bool raises = DisposedEvents.Dispose(Inner);
            Transactions.Closed(open);
            base.Dispose(raises);
        }
    }

    private RecordingCommand Decorate(DbCommand inner)
    {
        if (_lastCommand is { } last && ReferenceEquals(last.Inner, inner))
        {
            return last.Again(this);
        }

        var command = new RecordingCommand(inner, Settings, this);
        _lastCommand = ReusesCommands ? command : null;
        return command;
    }

    private RecordingTransaction Begun(DbTransaction transaction)
    {
        var decorated = new RecordingTransaction(transaction, this);
        Transactions.Begun(decorated);
        return decorated;
    }

    private void Forward(object sender, StateChangeEventArgs stateChange) => OnStateChange(stateChange);
}
