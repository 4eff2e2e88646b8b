namespace FlightRecorder.PostgreSql;

/// <summary>Version 3: indexes for what recordings are looked up by. Newest first is the primary key, read backwards.</summary>
internal static class IndexesMigration
{
    private static readonly Sql s_id = new("CREATE INDEX flight_recorder_sessions_by_id ON {schema}.flight_recorder_sessions (session_id)");

    private static readonly Sql s_route = new("CREATE INDEX flight_recorder_sessions_by_route ON {schema}.flight_recorder_sessions (route, started_at)");

    private static readonly Sql s_status = new("CREATE INDEX flight_recorder_sessions_by_status ON {schema}.flight_recorder_sessions (status, started_at)");

    private static readonly Sql s_request = new(
        "CREATE INDEX flight_recorder_sessions_by_request ON {schema}.flight_recorder_sessions (request_id) WHERE request_id IS NOT NULL");

    private static readonly Sql s_trace = new(
        "CREATE INDEX flight_recorder_sessions_by_trace ON {schema}.flight_recorder_sessions (trace_id) WHERE trace_id IS NOT NULL");

    private static readonly Sql s_actor = new(
        "CREATE INDEX flight_recorder_sessions_by_actor ON {schema}.flight_recorder_sessions (actor_id, started_at) WHERE actor_id IS NOT NULL");

    // A tsvector is limited to 1 MB; the beginning of a message is what is remembered of it.
    private static readonly Sql s_errorText = new("""
        CREATE INDEX flight_recorder_errors_by_text ON {schema}.flight_recorder_errors
        USING gin (to_tsvector('simple', left(name || ' ' || message, 10000)))
        """);

    private static readonly Sql s_note = new("INSERT INTO {schema}.flight_recorder_migrations (version, name) VALUES (3, 'indexes')");

    private static readonly Sql s_dropId = new("DROP INDEX {schema}.flight_recorder_sessions_by_id");

    private static readonly Sql s_dropRoute = new("DROP INDEX {schema}.flight_recorder_sessions_by_route");

    private static readonly Sql s_dropStatus = new("DROP INDEX {schema}.flight_recorder_sessions_by_status");

    private static readonly Sql s_dropRequest = new("DROP INDEX {schema}.flight_recorder_sessions_by_request");

    private static readonly Sql s_dropTrace = new("DROP INDEX {schema}.flight_recorder_sessions_by_trace");

    private static readonly Sql s_dropActor = new("DROP INDEX {schema}.flight_recorder_sessions_by_actor");

    private static readonly Sql s_dropErrorText = new("DROP INDEX {schema}.flight_recorder_errors_by_text");

    private static readonly Sql s_forget = new("DELETE FROM {schema}.flight_recorder_migrations WHERE version = 3");

    public static Migration Instance { get; } = new(
        3, "indexes",
        [s_id, s_route, s_status, s_request, s_trace, s_actor, s_errorText, s_note],
        [s_dropErrorText, s_dropActor, s_dropTrace, s_dropRequest, s_dropStatus, s_dropRoute, s_dropId, s_forget]);
}
