using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>What a decorated connection names as its provider: makes decorated commands, since a provider's own refuse a decorated connection.</summary>
internal sealed class RecordingProviderFactory(DbProviderFactory inner, RecordingSettings settings) : DbProviderFactory
{
    public override bool CanCreateBatch => inner.CanCreateBatch;

    public override bool CanCreateCommandBuilder => inner.CanCreateCommandBuilder;

    public override bool CanCreateDataAdapter => inner.CanCreateDataAdapter;

    public override bool CanCreateDataSourceEnumerator => inner.CanCreateDataSourceEnumerator;

    public static DbProviderFactory Over(DbProviderFactory factory, RecordingSettings settings)
        => factory as RecordingProviderFactory ?? new RecordingProviderFactory(factory, settings);

    public override DbBatch CreateBatch() => new RecordingBatch(inner.CreateBatch(), settings, null);

    public override DbBatchCommand CreateBatchCommand() => inner.CreateBatchCommand();

    public override DbCommand? CreateCommand() => inner.CreateCommand() is { } command ? new RecordingCommand(command, settings, null) : null;

    public override DbCommandBuilder? CreateCommandBuilder() => inner.CreateCommandBuilder();

    public override DbConnection? CreateConnection()
        => inner.CreateConnection() is { } connection ? RecordingConnection.Over(connection, settings) : null;

    public override DbConnectionStringBuilder? CreateConnectionStringBuilder() => inner.CreateConnectionStringBuilder();

    // A provider's own adapter refuses decorated commands.
    public override DbDataAdapter? CreateDataAdapter() => inner.CreateDataAdapter() is null ? null : new PlainDataAdapter();

    public override DbDataSource CreateDataSource(string connectionString)
        => new RecordingDataSource(inner.CreateDataSource(connectionString), settings);

    public override DbDataSourceEnumerator? CreateDataSourceEnumerator() => inner.CreateDataSourceEnumerator();

    public override DbParameter? CreateParameter() => inner.CreateParameter();

    private sealed class PlainDataAdapter : DbDataAdapter;
}
