using System.Text.Json;

namespace FlightRecorder.Prompts;

/// <summary>
/// Finds the step of the timeline that carried a mutation. Statements of one text may have run several times: a step counts only
/// when its parameters are the same and it began before the mutation was seen; among several the last one.
/// </summary>
internal sealed class StatementSteps
{
    // EF Core sends the statements of a save as one text, each ended like this.
    private static readonly string[] Ends = [";\n", ";\r\n"];

    private readonly Dictionary<string, List<Step>> _steps = new(StringComparer.Ordinal);

    public StatementSteps(IReadOnlyList<RecordedEntry> timeline)
    {
        for (int i = 0; i < timeline.Count; i++)
        {
            if (timeline[i].Sql is { Length: > 0 } sql)
            {
                Add(timeline[i], i, sql);
            }
        }
    }

    /// <summary>The step, and whether the mutation was all of it rather than one of its statements; null when it is not in the timeline.</summary>
    public StatementStep? Find(RecordedMutation mutation)
    {
        if (string.IsNullOrEmpty(mutation.Sql) || !_steps.TryGetValue(Bare(mutation.Sql), out List<Step>? steps))
        {
            return null;
        }

        IReadOnlyDictionary<string, string> sent = Values(mutation.Parameters);
        Step? found = steps.FindLast(step => step.AtUs <= mutation.AtUs && step.Carried(sent));
        return found is null ? null : new StatementStep(found.Index, found.AtUs, found.IsWhole);
    }

    private void Add(RecordedEntry entry, int index, string sql)
    {
        string whole = Bare(sql);
        string[] statements = [.. whole.Split(Ends, StringSplitOptions.RemoveEmptyEntries).Select(Bare).Distinct(StringComparer.Ordinal)];
        IReadOnlyDictionary<string, string> parameters = Values(entry.Parameters);
        Add(whole, new Step(index, entry.AtUs, IsWhole: true, parameters));
        foreach (string statement in statements.Where(statement => statement != whole))
        {
            Add(statement, new Step(index, entry.AtUs, IsWhole: false, parameters));
        }
    }

    private void Add(string sql, Step step)
    {
        if (!_steps.TryGetValue(sql, out List<Step>? steps))
        {
            _steps.Add(sql, steps = []);
        }

        steps.Add(step);
    }

    private static string Bare(string sql) => sql.Trim().TrimEnd(';');

    private static Dictionary<string, string> Values(JsonElement parameters)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty parameter in parameters.EnumerateObject())
            {
                values[JsonText.Name(parameter)] = JsonText.Compact(parameter.Value);
            }
        }

        return values;
    }

    private sealed record Step(int Index, long AtUs, bool IsWhole, IReadOnlyDictionary<string, string> Parameters)
    {
        /// <summary>Whether it was sent with these parameters: with them alone, or as one of several statements.</summary>
        public bool Carried(IReadOnlyDictionary<string, string> sent)
            => (!IsWhole || sent.Count == Parameters.Count)
                && sent.All(parameter => Parameters.TryGetValue(parameter.Key, out string? value) && value == parameter.Value);
    }
}
