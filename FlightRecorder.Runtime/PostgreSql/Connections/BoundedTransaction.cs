using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace FlightRecorder.PostgreSql;

/// <summary>A transaction on a connection of ours in which no lock and no statement is waited for without end. Rolled back unless committed.</summary>
internal sealed class BoundedTransaction : IAsyncDisposable
{
    // A position is noted once a commit is acknowledged: that must mean that the commit survives the server.
    private static readonly Sql s_bounds = new("""
        SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true), set_config('idle_in_transaction_session_timeout', $2, true),
          CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END
        """);

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly SchemaName _schema;

    private BoundedTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, SchemaName schema)
    {
        _connection = connection;
        _transaction = transaction;
        _schema = schema;
    }

    public static Task<BoundedTransaction> BeginAsync(PostgresConnections connections, SchemaName schema, CancellationToken cancellationToken)
        => BeginAsync(connections, schema, connections.Options.LockTimeout, cancellationToken);

    public static async Task<BoundedTransaction> BeginAsync(
        PostgresConnections connections, SchemaName schema, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var bounded = new BoundedTransaction(connection, transaction, schema);
            await bounded.ExecuteAsync(s_bounds, cancellationToken, Milliseconds(lockTimeout), Milliseconds(connections.Options.StatementTimeout)).ConfigureAwait(false);
            return bounded;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public static NpgsqlParameter Value(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    public static NpgsqlParameter Text(string? value) => Value(value, NpgsqlDbType.Text);

    public async Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken, params NpgsqlParameter[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<object?> ScalarAsync(Sql sql, CancellationToken cancellationToken, params NpgsqlParameter[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } value and not DBNull ? value : null;
    }

    /// <summary>Every row, as the function makes of it.</summary>
    public async Task<List<T>> QueryAsync<T>(Sql sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Sends rows, in the binary format of COPY.</summary>
    public async Task CopyAsync(Sql copy, RowSlices rows, CancellationToken cancellationToken)
    {
        NpgsqlRawCopyStream stream = await _connection.BeginRawBinaryCopyAsync(_schema.Apply(copy), cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await rows.WriteToAsync(stream, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // Disposing alone would tell the server that the rows are complete.
                await CancelAsync(stream).ConfigureAwait(false);
                throw;
            }
        }
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The rollback of a broken connection; the server does it by itself.
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // It is over already; what ended it is being thrown.
        }
    }

    private NpgsqlCommand Command(Sql sql, NpgsqlParameter[] values)
    {
        var command = new NpgsqlCommand(_schema.Apply(sql), _connection, _transaction);
        foreach (NpgsqlParameter value in values)
        {
            command.Parameters.Add(value);
        }

        return command;
    }

    private static NpgsqlParameter Milliseconds(TimeSpan time) => Text(((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
}
