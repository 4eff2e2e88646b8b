using System.Text.Json;

namespace FlightRecorder.Prompts;

/// <summary>A statement of the timeline with the values it was given.</summary>
/// <param name="Index">Its place in the timeline.</param>
/// <param name="Sql">Its text.</param>
/// <param name="Values">The scalars among its parameters, as text.</param>
internal sealed record StatementRead(int Index, string Sql, HashSet<string> Values)
{
    public static StatementRead[] Of(IReadOnlyList<RecordedEntry> timeline)
    {
        List<StatementRead> reads = [];
        for (int i = 0; i < timeline.Count; i++)
        {
            if (timeline[i] is { Sql: { Length: > 0 } sql, Parameters.ValueKind: JsonValueKind.Object } entry)
            {
                reads.Add(new StatementRead(i, sql, new(entry.Parameters.EnumerateObject().SelectMany(parameter => JsonText.Scalars(parameter.Value)), StringComparer.Ordinal)));
            }
        }

        return [.. reads];
    }
}
