using System.Data.Common;
using System.Runtime.CompilerServices;

namespace FlightRecorder.AdoNet;

/// <summary>What a decorated connection names as its provider: makes decorated commands, since a provider's own refuse a decorated connection.</summary>
internal sealed class RecordingProviderFactory(DbProviderFactory inner, RecordingSettings settings) : DbProviderFactory
{
    // Connections of one source name one factory, as a provider's do.
    private static readonly ConditionalWeakTable<RecordingSettings, RecordingProviderFactory> BySettings = [];

    private readonly DbProviderFactory _inner = inner;

    public override bool CanCreateBatch => _inner.CanCreateBatch;

    public override bool CanCreateCommandBuilder => _inner.CanCreateCommandBuilder;

    public override bool CanCreateDataAdapter => _inner.CanCreateDataAdapter;

    public override bool CanCreateDataSourceEnumerator => _inner.CanCreateDataSourceEnumerator;

    public static DbProviderFactory Over(DbProviderFactory factory, RecordingSettings settings)
    {
        RecordingProviderFactory known = BySettings.GetValue(settings, created => new RecordingProviderFactory(factory, created));
        return ReferenceEquals(known._inner, factory) ? known : new RecordingProviderFactory(factory, settings);
    }

    public override DbBatch CreateBatch() => new RecordingBatch(_inner.CreateBatch(), settings, null);

    public override DbBatchCommand CreateBatchCommand() => _inner.CreateBatchCommand();

    public override DbCommand? CreateCommand() => _inner.CreateCommand() is { } command ? new RecordingCommand(command, settings, null) : null;

    public override DbCommandBuilder? CreateCommandBuilder() => _inner.CreateCommandBuilder();

    public override DbConnection? CreateConnection()
        => _inner.CreateConnection() is { } connection ? RecordingConnection.Over(connection, settings) : null;

    public override DbConnectionStringBuilder? CreateConnectionStringBuilder() => _inner.CreateConnectionStringBuilder();

    // A provider's own adapter refuses decorated commands.
    public override DbDataAdapter? CreateDataAdapter() => _inner.CreateDataAdapter() is null ? null : new PlainDataAdapter();

    public override DbDataSource CreateDataSource(string connectionString)
        => new RecordingDataSource(_inner.CreateDataSource(connectionString), settings);

    public override DbDataSourceEnumerator? CreateDataSourceEnumerator() => _inner.CreateDataSourceEnumerator();

    public override DbParameter? CreateParameter() => _inner.CreateParameter();

    private sealed class PlainDataAdapter : DbDataAdapter;
}
