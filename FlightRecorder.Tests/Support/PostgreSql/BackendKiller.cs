using Npgsql;

namespace FlightRecorder.Tests.Support.PostgreSql;

/// <summary>Ends the server's processes that work for the recorder, again and again.</summary>
public static class BackendKiller
{
    private const string Kill =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'FlightRecorder'";

    /// <summary>Until it is cancelled; returns how many were ended.</summary>
    public static async Task<int> RunAsync(string connectionString, TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        int killed = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(Kill, connection);
            killed += (int)(long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            await Task.Delay(interval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return killed;
    }
}
