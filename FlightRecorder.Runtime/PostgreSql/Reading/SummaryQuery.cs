using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace FlightRecorder.PostgreSql;

/// <summary>The list of heads. Conditions that are not asked for are null; the planner, which sees the values, leaves them out.</summary>
internal static class SummaryQuery
{
    private const string Heads = """
        SELECT session_id, sequence, kind, started_at, duration_us, outcome, array_to_string(trigger, ' '), name, method, path, route, status,
          request_id, trace_id, actor_id, mutations, error
        """;

    // A last column: no error is noted to have the words, so one of which nothing is noted must. Not by EXISTS: that reads all errors beforehand.
    private const string IsUnsure = """
        ,
          NOT coalesce((
            SELECT bool_or(noted.words @> string_to_array($16, ' '))
            FROM {schema}.flight_recorder_errors AS noted
            WHERE noted.started_at = session.started_at AND noted.session_id = session.session_id), false)
        """;

    private const string Conditions = """

        FROM {schema}.flight_recorder_sessions AS session
        WHERE ($1::timestamptz IS NULL OR started_at >= $1)
          AND ($2::timestamptz IS NULL OR started_at < $2)
          AND ($3::integer IS NULL OR status = $3)
          AND ($4::text IS NULL OR outcome = $4)
          AND ($5::text IS NULL OR request_id = $5)
          AND ($6::text IS NULL OR trace_id = $6)
          AND ($7::text IS NULL OR actor_id = $7)
          AND ($8::text IS NULL OR route = $8)
          AND ($9::text IS NULL OR route = $10 OR path ~* $9)
          AND ($11::integer IS NULL OR mutations >= $11)
          AND ($12::timestamptz IS NULL OR (started_at, sequence, session_id) < ($12, $13::bigint, $14::uuid))
        """;

    // The times are said of the errors, too: of them the days outside are not touched either.
    private const string HasError = """

          AND (started_at, session_id) IN (
            SELECT found.started_at, found.session_id
            FROM {schema}.flight_recorder_errors AS found
            WHERE ($1::timestamptz IS NULL OR found.started_at >= $1)
              AND ($2::timestamptz IS NULL OR found.started_at < $2)
              AND ($12::timestamptz IS NULL OR found.started_at <= $12)
              AND (found.words @> string_to_array($16, ' ') OR (found.words IS NULL
                AND lower((found.name || ' ' || found.message || ' ' || found.rest::text) COLLATE "C") LIKE ALL (string_to_array($17, ' ')))))
        """;

    private const string Order = """

        ORDER BY started_at DESC, sequence DESC, session_id DESC
        LIMIT $15
        """;

    public static readonly Sql Select = new(Heads + Conditions + Order);

    /// <summary>Those that have words in an error; the last column says whether the errors must be looked at to be sure.</summary>
    public static readonly Sql SelectByError = new(Heads + IsUnsure + Conditions + HasError + Order);

    /// <param name="query">The conditions.</param>
    /// <param name="after">The last one of the page before, or null for the first page.</param>
    /// <param name="leastMutations">How many mutations it must hold, or null.</param>
    /// <param name="limit">How many at most.</param>
    public static NpgsqlParameter[] Values(RecordingQuery query, RecordingSummary? after, int? leastMutations, int limit) =>
    [
        Time(query.Since), Time(query.Until),
        BoundedTransaction.Value(query.Status, NpgsqlDbType.Integer),
        BoundedTransaction.Text(query.Outcome is { } outcome ? RecordingWords.Of(outcome) : null),
        BoundedTransaction.Text(IndexedText.Of(query.RequestId)),
        BoundedTransaction.Text(IndexedText.Of(query.TraceId)),
        BoundedTransaction.Text(IndexedText.Of(query.ActorId)),
        BoundedTransaction.Text(IsTemplate(query.Route) ? IndexedText.Of(query.Route) : null),
        BoundedTransaction.Text(query.Route is { } route && !IsTemplate(route) ? Pattern(route) : null),
        BoundedTransaction.Text(IndexedText.Of(query.Route)),
        BoundedTransaction.Value(leastMutations, NpgsqlDbType.Integer),
        Time(after?.StartedAt),
        BoundedTransaction.Value(after?.Sequence, NpgsqlDbType.Bigint),
        BoundedTransaction.Value(after?.Id, NpgsqlDbType.Uuid),
        BoundedTransaction.Value(limit, NpgsqlDbType.Integer),
    ];

    /// <summary>The values of <see cref="SelectByError"/>: those of <see cref="Select"/>, and the words.</summary>
    public static NpgsqlParameter[] ValuesByError(NpgsqlParameter[] values, ErrorSearch errors)
        => [.. values, BoundedTransaction.Text(string.Join(' ', errors.Words)), BoundedTransaction.Text(string.Join(' ', errors.Words.Select(LikePattern)))];

    public static (RecordingSummary Head, bool IsUnsure) ReadByError(NpgsqlDataReader row) => (Read(row), row.GetBoolean(17));

    public static RecordingSummary Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Sequence = row.GetInt64(1),
        Kind = RecordingWords.Kind(row.GetString(2)),
        StartedAt = new DateTimeOffset(row.GetDateTime(3)),
        DurationUs = row.GetInt64(4),
        Outcome = RecordingWords.Outcome(row.GetString(5)),
        Trigger = row.GetString(6).Split(' ').Aggregate(Triggers.None, (all, word) => all | RecordingWords.Trigger(word)),
        Name = row.GetString(7),
        Method = Text(row, 8),
        Path = Text(row, 9),
        Route = Text(row, 10),
        Status = row.IsDBNull(11) ? null : row.GetInt32(11),
        RequestId = Text(row, 12),
        TraceId = Text(row, 13),
        ActorId = Text(row, 14),
        Mutations = row.GetInt32(15),
        Error = Text(row, 16),
    };

    /// <summary>Whether it can only be the template of a route: paths have no braces. Then an index finds it.</summary>
    public static bool IsTemplate(string? route) => route is not null && route.Contains('{', StringComparison.Ordinal) && !route.Contains('*', StringComparison.Ordinal);

    /// <summary>
    /// A regular expression that matches at least the paths that the glob matches: the ASCII words of the glob, in order, with anything
    /// around them. Whoever asks looks at the paths again.
    /// </summary>
    public static string Pattern(string glob)
    {
        var pattern = new StringBuilder(".*");
        foreach (char c in glob)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                pattern.Append(c);
            }
            else if (pattern[^1] != '*')
            {
                pattern.Append(".*");
            }
        }

        return pattern.ToString();
    }

    // What is no ASCII may be escaped where it is looked for, and nothing else is.
    private static string LikePattern(string word) => "%" + string.Concat(word.Select(c => char.IsAscii(c) ? c : '%')) + "%";

    private static NpgsqlParameter Time(DateTimeOffset? time) => BoundedTransaction.Value(time?.UtcDateTime, NpgsqlDbType.TimestampTz);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
