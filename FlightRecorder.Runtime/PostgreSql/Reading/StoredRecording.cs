using System.Text;
using Npgsql;

namespace FlightRecorder.PostgreSql;

/// <summary>Puts the line of a recording together again from its rows.</summary>
internal static class StoredRecording
{
    public static readonly Sql SelectSession = new("""
        SELECT started_at, rest::text, tags::text, actor::text, request::text, response::text, timeline::text, llm_context::text, gaps::text, endpoint::text,
          llm_prompt
        FROM {schema}.flight_recorder_sessions
        WHERE session_id = $1
        ORDER BY started_at DESC
        LIMIT 1
        """);

    public static readonly Sql SelectMutations = new("""
        SELECT rest::text, where_json::text, where_json::text, args_json::text, before_json::text, after_json::text, changed::text
        FROM {schema}.flight_recorder_db_mutations
        WHERE started_at = $2 AND session_id = $1
        ORDER BY ordinal
        """);

    public static readonly Sql SelectErrors = new("""
        SELECT rest::text, name, message, stack
        FROM {schema}.flight_recorder_errors
        WHERE started_at = $2 AND session_id = $1
        ORDER BY ordinal
        """);

    private static readonly string[] s_sessionParts = ["tags", "actor", "request", "response", "timeline", "sources", "gaps", "endpoint"];

    private static readonly string[] s_mutationParts = ["where", "key", "parameters", "before", "after", "changed"];

    private static readonly string[] s_errorParts = ["type", "message", "stack"];

    public static StoredSession ReadSession(NpgsqlDataReader row)
    {
        List<(string Name, byte[]? Json)> parts = [.. s_sessionParts.Select((name, i) => (name, Json(row, i + 2)))];
        parts.Add(("prompt", Quoted(row, s_sessionParts.Length + 2)));
        return new StoredSession(row.GetDateTime(0), Json(row, 1)!, parts);
    }

    public static byte[] ReadMutation(NpgsqlDataReader row) => Join(Json(row, 0)!, [.. s_mutationParts.Select((name, i) => (name, Json(row, i + 1)))]);

    public static byte[] ReadError(NpgsqlDataReader row) => Join(Json(row, 0)!, [.. s_errorParts.Select((name, i) => (name, Quoted(row, i + 1)))]);

    /// <summary>The recording; null when the rows are of a version that this one does not read.</summary>
    public static Recording? ToRecording(StoredSession session, IReadOnlyList<byte[]> mutations, IReadOnlyList<byte[]> errors)
    {
        byte[] line = Join(session.Rest, [.. session.Parts, ("mutations", Array(mutations)), ("errors", Array(errors))]);
        return RecordingParser.TryRead(Sealed(line));
    }

    private static byte[] Join(byte[] rest, IReadOnlyList<(string Name, byte[]? Json)> parts)
    {
        var whole = new LineBuffer(rest.Length + 256);
        ObjectJoin.Write(rest, parts, whole);
        return whole.Written.ToArray();
    }

    // Who changed the rows by hand still gets a line that is whole.
    private static ReadOnlySpan<byte> Sealed(byte[] line)
    {
        if (LineTrailer.IsIntact(line) || line.Length <= LineTrailer.Length)
        {
            return line;
        }

        var anew = new LineBuffer(line.Length);
        anew.Raw(line.AsSpan(0, line.Length - LineTrailer.Length));
        uint crc = Crc32C.Of(anew.Written);
        anew.Raw(",\"crc\":\""u8);
        anew.Hex(crc);
        anew.Raw("\"}"u8);
        return anew.Written;
    }

    private static byte[] Array(IReadOnlyList<byte[]> objects)
    {
        var array = new LineBuffer(256);
        array.Raw("["u8);
        for (int i = 0; i < objects.Count; i++)
        {
            array.Raw(i == 0 ? [] : ","u8);
            array.Raw(objects[i]);
        }

        array.Raw("]"u8);
        return array.Written.ToArray();
    }

    private static byte[]? Json(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Encoding.UTF8.GetBytes(row.GetString(column));

    private static byte[]? Quoted(NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return null;
        }

        var text = new LineBuffer(256);
        text.Text(row.GetString(column));
        return text.Written.ToArray();
    }
}

/// <summary>The row of a session: when it began, and its line without the parts that have columns.</summary>
internal sealed record StoredSession(DateTime StartedAt, byte[] Rest, IReadOnlyList<(string Name, byte[]? Json)> Parts);
