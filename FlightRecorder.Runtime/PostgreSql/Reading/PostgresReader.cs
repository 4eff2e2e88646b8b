using Npgsql;
using NpgsqlTypes;

namespace FlightRecorder.PostgreSql;

/// <summary>Reads recordings from PostgreSQL, with the same answers as from the journal they came by.</summary>
internal sealed class PostgresReader(PostgresConnections connections) : IRecordingReader
{
    // Of a glob the server finds candidates only; so many are looked at at a time.
    private const int CandidatePage = 1000;

    private static readonly Sql s_begins = new("""
        SELECT session_id, sequence, kind, started_at, duration_us, outcome, array_to_string(trigger, ' '), name, method, path, route, status,
          request_id, trace_id, actor_id, mutations, error
        FROM {schema}.flight_recorder_sessions
        WHERE session_id BETWEEN $1 AND $2
        ORDER BY started_at DESC, sequence DESC
        LIMIT $3
        """);

    private readonly SchemaName _schema = SchemaName.Of(connections.Options.SchemaName);

    public async ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using BoundedTransaction work = await BeginAsync(cancellationToken).ConfigureAwait(false);
        return await ListAsync(work, query, leastMutations: null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using BoundedTransaction work = await BeginAsync(cancellationToken).ConfigureAwait(false);
        return await GetAsync(work, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The recording whose id begins so, when it is the only one.</summary>
    public async Task<IdLookup> FindAsync(IdPrefix prefix, CancellationToken cancellationToken)
    {
        await using BoundedTransaction work = await BeginAsync(cancellationToken).ConfigureAwait(false);
        List<RecordingSummary> found = await work.QueryAsync(
            s_begins, SummaryQuery.Read, cancellationToken, Bound(prefix, '0'), Bound(prefix, 'f'), BoundedTransaction.Value(IdLookup.MaxCandidates, NpgsqlDbType.Integer)).ConfigureAwait(false);
        return found.Count switch
        {
            0 => IdLookup.None,
            1 => new IdLookup(await GetAsync(work, found[0].Id, cancellationToken).ConfigureAwait(false), found),
            _ => new IdLookup(null, found),
        };
    }

    /// <summary>The latest recordings that began before this one and changed rows, newest first.</summary>
    public async Task<IReadOnlyList<Recording>> FindEarlierWritersAsync(Recording recording, int limit, CancellationToken cancellationToken)
    {
        await using BoundedTransaction work = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var query = new RecordingQuery { Until = recording.StartedAt, Limit = limit };
        var writers = new List<Recording>();
        foreach (RecordingSummary head in await ListAsync(work, query, leastMutations: 1, cancellationToken).ConfigureAwait(false))
        {
            if (head.Id != recording.Id && await GetAsync(work, head.Id, cancellationToken).ConfigureAwait(false) is { } writer)
            {
                writers.Add(writer);
            }
        }

        return writers;
    }

    private Task<BoundedTransaction> BeginAsync(CancellationToken cancellationToken) => BoundedTransaction.BeginAsync(connections, _schema, cancellationToken);

    private static async Task<IReadOnlyList<RecordingSummary>> ListAsync(
        BoundedTransaction work, RecordingQuery query, int? leastMutations, CancellationToken cancellationToken)
    {
        var errors = ErrorSearch.Of(query);
        int limit = Math.Clamp(query.Limit, 1, NewestFirst<RecordingSummary>.MaxLimit);
        bool isGlob = query.Route is not null && !SummaryQuery.IsTemplate(query.Route);
        int pageSize = isGlob ? Math.Max(limit, CandidatePage) : limit;
        var matches = new List<RecordingSummary>();
        RecordingSummary? last = null;
        while (true)
        {
            NpgsqlParameter[] values = SummaryQuery.Values(query, last, leastMutations, pageSize);
            List<(RecordingSummary Head, bool IsUnsure)> page = await PageAsync(work, values, errors, cancellationToken).ConfigureAwait(false);
            foreach ((RecordingSummary head, bool isUnsure) in page.Where(candidate => !isGlob || IsRoute(candidate.Head, query.Route!)))
            {
                if (matches.Count < limit && (!isUnsure || await HasErrorAsync(work, head, errors!, cancellationToken).ConfigureAwait(false)))
                {
                    matches.Add(head);
                }
            }

            if (matches.Count >= limit || page.Count < pageSize)
            {
                return matches;
            }

            last = page[^1].Head;
        }
    }

    private static Task<List<(RecordingSummary Head, bool IsUnsure)>> PageAsync(
        BoundedTransaction work, NpgsqlParameter[] values, ErrorSearch? errors, CancellationToken cancellationToken)
        => errors is null
            ? work.QueryAsync(SummaryQuery.Select, row => (SummaryQuery.Read(row), false), cancellationToken, values)
            : work.QueryAsync(SummaryQuery.SelectByError, SummaryQuery.ReadByError, cancellationToken, SummaryQuery.ValuesByError(values, errors));

    // What was stored before the words of errors were noted is looked at itself.
    private static async Task<bool> HasErrorAsync(BoundedTransaction work, RecordingSummary head, ErrorSearch search, CancellationToken cancellationToken)
    {
        List<byte[]> errors = await work.QueryAsync(
            StoredRecording.SelectErrors, StoredRecording.ReadError, cancellationToken, Key(head.Id, head.StartedAt.UtcDateTime)).ConfigureAwait(false);
        return errors.Exists(error => search.IsInError(error));
    }

    private static bool IsRoute(RecordingSummary head, string route) => head.Route == route || (head.Path is { } path && RouteGlob.IsMatch(route, path));

    private static async Task<Recording?> GetAsync(BoundedTransaction work, Guid id, CancellationToken cancellationToken)
    {
        List<StoredSession> sessions = await work.QueryAsync(
            StoredRecording.SelectSession, StoredRecording.ReadSession, cancellationToken, BoundedTransaction.Value(id, NpgsqlDbType.Uuid)).ConfigureAwait(false);
        if (sessions is not [{ } session])
        {
            return null;
        }

        List<byte[]> mutations = await work.QueryAsync(
            StoredRecording.SelectMutations, StoredRecording.ReadMutation, cancellationToken, Key(id, session.StartedAt)).ConfigureAwait(false);
        List<byte[]> errors = await work.QueryAsync(
            StoredRecording.SelectErrors, StoredRecording.ReadError, cancellationToken, Key(id, session.StartedAt)).ConfigureAwait(false);
        return StoredRecording.ToRecording(session, mutations, errors);
    }

    private static NpgsqlParameter[] Key(Guid id, DateTime startedAt)
        => [BoundedTransaction.Value(id, NpgsqlDbType.Uuid), BoundedTransaction.Value(startedAt, NpgsqlDbType.TimestampTz)];

    private static NpgsqlParameter Bound(IdPrefix prefix, char fill)
        => BoundedTransaction.Value(Guid.ParseExact(prefix.Text.Replace("-", "", StringComparison.Ordinal).PadRight(32, fill), "N"), NpgsqlDbType.Uuid);
}
