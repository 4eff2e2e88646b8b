using System.Data.Common;
using System.Transactions;

namespace FlightRecorder.AdoNet;

/// <summary>A provider's data source that hands out decorated connections, commands and batches.</summary>
internal sealed class RecordingDataSource(DbDataSource inner, RecordingSettings settings) : DbDataSource
{
    public override string ConnectionString => inner.ConnectionString;

    protected override DbConnection CreateDbConnection() => RecordingConnection.Over(inner.CreateConnection(), settings);

    protected override DbConnection OpenDbConnection() => Opened(inner.OpenConnection(), Transaction.Current);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        // Looked at before the await, which it need not flow over.
        Transaction? ambient = Transaction.Current;
        return Opened(await inner.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), ambient);
    }

    protected override DbCommand CreateDbCommand(string? commandText = null)
        => new RecordingCommand(inner.CreateCommand(commandText), settings, null) { ConnectionString = ConnectionString };

    protected override DbBatch CreateDbBatch() => new RecordingBatch(inner.CreateBatch(), settings, null) { ConnectionString = ConnectionString };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
    }

    protected override ValueTask DisposeAsyncCore() => inner.DisposeAsync();

    private RecordingConnection Opened(DbConnection connection, Transaction? ambient)
    {
        RecordingConnection decorated = RecordingConnection.Over(connection, settings);
        decorated.Transactions.Opened(ambient);
        return decorated;
    }
}
