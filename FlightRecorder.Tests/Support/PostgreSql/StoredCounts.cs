using Npgsql;

namespace FlightRecorder.Tests.Support.PostgreSql;

/// <summary>What the tables of a database hold.</summary>
public sealed record StoredCounts(long Sessions, long Distinct, long Mutations)
{
    private const string Query = """
        SELECT (SELECT count(*) FROM flight_recorder_sessions), (SELECT count(DISTINCT session_id) FROM flight_recorder_sessions),
          (SELECT count(*) FROM flight_recorder_db_mutations)
        """;

    public static async Task<StoredCounts> ReadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Query, connection);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new StoredCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }
}
