namespace FlightRecorder.PostgreSql;

/// <summary>The statements that carry a batch into the three tables.</summary>
internal sealed class BatchCopy(BoundedTransaction work, OutgoingBatch batch, IReadOnlyList<OutgoingRecording> recordings)
{
    private static readonly Sql s_stageSessions = new(
        "CREATE TEMPORARY TABLE flight_recorder_stage_sessions (LIKE {schema}.flight_recorder_sessions) ON COMMIT DROP");

    private static readonly Sql s_stageMutations = new(
        "CREATE TEMPORARY TABLE flight_recorder_stage_db_mutations (LIKE {schema}.flight_recorder_db_mutations) ON COMMIT DROP");

    private static readonly Sql s_stageErrors = new(
        "CREATE TEMPORARY TABLE flight_recorder_stage_errors (LIKE {schema}.flight_recorder_errors) ON COMMIT DROP");

    private static readonly Sql s_copySessions = new("""
        COPY pg_temp.flight_recorder_stage_sessions (
          session_id, request_id, started_at, ended_at, environment, app_version, tags, actor, request, response, timeline, llm_prompt, llm_context,
          outcome, route, status, duration_us, trace_id, trigger, gaps, endpoint,
          kind, sequence, name, method, path, actor_id, mutations, error, rest)
        FROM STDIN (FORMAT BINARY)
        """);

    private static readonly Sql s_copyMutations = new("""
        COPY pg_temp.flight_recorder_stage_db_mutations (
          session_id, started_at, ordinal, recorded_at, source, model, operation, where_json, args_json, before_json, after_json,
          outcome, transaction_id, changed, rest)
        FROM STDIN (FORMAT BINARY)
        """);

    private static readonly Sql s_copyErrors = new("""
        COPY pg_temp.flight_recorder_stage_errors (session_id, started_at, ordinal, name, message, stack, kind, handled, rest, words)
        FROM STDIN (FORMAT BINARY)
        """);

    private static readonly Sql s_takeSessions = new("""
        INSERT INTO {schema}.flight_recorder_sessions (
          session_id, request_id, started_at, ended_at, environment, app_version, tags, actor, request, response, timeline, llm_prompt, llm_context,
          outcome, route, status, duration_us, trace_id, trigger, gaps, endpoint,
          kind, sequence, name, method, path, actor_id, mutations, error, rest)
        SELECT
          session_id, request_id, started_at, ended_at, environment, app_version, tags, actor, request, response, timeline, llm_prompt, llm_context,
          outcome, route, status, duration_us, trace_id, trigger, gaps, endpoint,
          kind, sequence, name, method, path, actor_id, mutations, error, rest
        FROM pg_temp.flight_recorder_stage_sessions
        ON CONFLICT DO NOTHING
        """);

    private static readonly Sql s_takeMutations = new("""
        INSERT INTO {schema}.flight_recorder_db_mutations (
          session_id, started_at, ordinal, recorded_at, source, model, operation, where_json, args_json, before_json, after_json,
          outcome, transaction_id, changed, rest)
        SELECT
          session_id, started_at, ordinal, recorded_at, source, model, operation, where_json, args_json, before_json, after_json,
          outcome, transaction_id, changed, rest
        FROM pg_temp.flight_recorder_stage_db_mutations
        ON CONFLICT DO NOTHING
        """);

    private static readonly Sql s_takeErrors = new("""
        INSERT INTO {schema}.flight_recorder_errors (session_id, started_at, ordinal, name, message, stack, kind, handled, rest, words)
        SELECT session_id, started_at, ordinal, name, message, stack, kind, handled, rest, words
        FROM pg_temp.flight_recorder_stage_errors
        ON CONFLICT DO NOTHING
        """);

    private readonly RowSlices _sessions = new(batch.Sessions, [.. recordings.Select(recording => recording.Session)]);
    private readonly RowSlices _mutations = new(batch.Mutations, [.. recordings.Select(recording => recording.Mutations)]);
    private readonly RowSlices _errors = new(batch.Errors, [.. recordings.Select(recording => recording.Errors)]);

    /// <summary>Straight into the tables; fails as a whole when any of it is there already. Returns how many recordings were stored.</summary>
    public async Task<int> DirectAsync(CancellationToken cancellationToken)
    {
        await CopyAsync(SessionRow.Copy, _sessions, cancellationToken).ConfigureAwait(false);
        await CopyAsync(MutationRow.Copy, _mutations, cancellationToken).ConfigureAwait(false);
        await CopyAsync(ErrorRow.Copy, _errors, cancellationToken).ConfigureAwait(false);
        return recordings.Count;
    }

    /// <summary>By way of staging tables; what is there already stays. Returns how many recordings were stored.</summary>
    public async Task<int> StagedAsync(CancellationToken cancellationToken)
    {
        int stored = await StageAsync(s_stageSessions, s_copySessions, _sessions, s_takeSessions, cancellationToken).ConfigureAwait(false);
        await StageAsync(s_stageMutations, s_copyMutations, _mutations, s_takeMutations, cancellationToken).ConfigureAwait(false);
        await StageAsync(s_stageErrors, s_copyErrors, _errors, s_takeErrors, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    private async Task<int> StageAsync(Sql create, Sql copy, RowSlices rows, Sql take, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        await work.ExecuteAsync(create, cancellationToken).ConfigureAwait(false);
        await work.CopyAsync(copy, rows, cancellationToken).ConfigureAwait(false);
        return await work.ExecuteAsync(take, cancellationToken).ConfigureAwait(false);
    }

    private Task CopyAsync(Sql copy, RowSlices rows, CancellationToken cancellationToken)
        => rows.Count == 0 ? Task.CompletedTask : work.CopyAsync(copy, rows, cancellationToken);
}
