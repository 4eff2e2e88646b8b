using Npgsql;

namespace FlightRecorder.Benchmarks.EfCore;

/// <summary>Whether a server of ours waits for its disk at each commit.</summary>
internal static class Durability
{
    private static readonly string[] s_settings = ["fsync", "synchronous_commit", "full_page_writes"];

    /// <summary>Sets it, and waits until the server has taken it up.</summary>
    public static async Task SetAsync(string connectionString, bool waits)
    {
        string wanted = waits ? "on" : "off";
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        foreach (string setting in s_settings)
        {
            await ScalarAsync(source, $"ALTER SYSTEM SET {setting} = {wanted}").ConfigureAwait(false);
        }

        await ScalarAsync(source, "SELECT pg_reload_conf()").ConfigureAwait(false);
        while ((string?)await ScalarAsync(source, $"SELECT current_setting('{s_settings[^1]}')").ConfigureAwait(false) != wanted)
        {
            await Task.Delay(20).ConfigureAwait(false);
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync().ConfigureAwait(false);
    }
}
