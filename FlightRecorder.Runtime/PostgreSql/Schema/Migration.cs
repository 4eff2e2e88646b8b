namespace FlightRecorder.PostgreSql;

/// <summary>One step of the schema and the way back. Each direction notes itself in flight_recorder_migrations.</summary>
internal sealed record Migration(int Version, string Name, IReadOnlyList<Sql> Up, IReadOnlyList<Sql> Down);
