namespace FlightRecorder.PostgreSql;

/// <summary>
/// Version 1: the tables. The columns that hold parts of a line are json, not jsonb: jsonb would lose the order of members, the
/// digits of numbers and repeated names, which are often the bug, and is dearer to fill. What a user looks for has a column of its own.
/// </summary>
internal static class TablesMigration
{
    private static readonly Sql s_versions = new("""
        CREATE TABLE {schema}.flight_recorder_migrations (
          version integer PRIMARY KEY,
          name text NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT now(),
          store_id uuid NOT NULL DEFAULT gen_random_uuid()
        )
        """);

    private static readonly Sql s_sessions = new("""
        CREATE TABLE {schema}.flight_recorder_sessions (
          session_id uuid NOT NULL,
          request_id text,
          started_at timestamptz NOT NULL,
          ended_at timestamptz NOT NULL,
          environment text,
          app_version text,
          tags json,
          actor json,
          request json,
          response json,
          timeline json,
          llm_prompt text,
          llm_context json,
          outcome text NOT NULL,
          route text,
          status integer,
          duration_us bigint NOT NULL,
          trace_id text,
          trigger text[] NOT NULL,
          gaps json,
          endpoint json,
          kind text NOT NULL,
          sequence bigint NOT NULL,
          name text NOT NULL,
          method text,
          path text,
          actor_id text,
          mutations integer NOT NULL,
          error text,
          rest json NOT NULL,
          PRIMARY KEY (started_at, session_id)
        ) PARTITION BY RANGE (started_at)
        """);

    private static readonly Sql s_mutations = new("""
        CREATE TABLE {schema}.flight_recorder_db_mutations (
          session_id uuid NOT NULL,
          started_at timestamptz NOT NULL,
          ordinal integer NOT NULL,
          recorded_at timestamptz NOT NULL,
          source text NOT NULL,
          model text,
          operation text NOT NULL,
          where_json json,
          args_json json,
          before_json json,
          after_json json,
          outcome text NOT NULL,
          transaction_id text,
          changed json,
          rest json NOT NULL,
          PRIMARY KEY (started_at, session_id, ordinal)
        ) PARTITION BY RANGE (started_at)
        """);

    private static readonly Sql s_errors = new("""
        CREATE TABLE {schema}.flight_recorder_errors (
          session_id uuid NOT NULL,
          started_at timestamptz NOT NULL,
          ordinal integer NOT NULL,
          name text NOT NULL,
          message text NOT NULL,
          stack text,
          kind text NOT NULL,
          handled boolean NOT NULL,
          rest json NOT NULL,
          PRIMARY KEY (started_at, session_id, ordinal)
        ) PARTITION BY RANGE (started_at)
        """);

    private static readonly Sql s_note = new("INSERT INTO {schema}.flight_recorder_migrations (version, name) VALUES (1, 'tables')");

    private static readonly Sql s_dropErrors = new("DROP TABLE {schema}.flight_recorder_errors");

    private static readonly Sql s_dropMutations = new("DROP TABLE {schema}.flight_recorder_db_mutations");

    private static readonly Sql s_dropSessions = new("DROP TABLE {schema}.flight_recorder_sessions");

    private static readonly Sql s_dropVersions = new("DROP TABLE {schema}.flight_recorder_migrations");

    public static Migration Instance { get; } = new(
        1, "tables", [s_versions, s_sessions, s_mutations, s_errors, s_note], [s_dropErrors, s_dropMutations, s_dropSessions, s_dropVersions]);
}
