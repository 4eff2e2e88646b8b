using System.Text.Json;

namespace FlightRecorder.Prompts;

/// <summary>What a mutation did to its row: a table of the changed members, then the unchanged ones on one line.</summary>
internal static class RowDiff
{
    private const int MaxCell = 120;
    private const int MaxMembers = 60;
    private const int MaxRows = 5;
    private const string Absent = "–";

    public static IEnumerable<string> Of(RecordedMutation mutation)
    {
        if (mutation.Before.ValueKind == JsonValueKind.Array || mutation.After.ValueKind == JsonValueKind.Array)
        {
            return Rows("before", mutation.Before).Concat(Rows("after", mutation.After));
        }

        Dictionary<string, string> before = Members(mutation.Before);
        Dictionary<string, string> after = Members(mutation.After);
        if (before.Count == 0 && after.Count == 0)
        {
            return [];
        }

        string[] all = [.. after.Keys.Concat(before.Keys).Distinct(StringComparer.Ordinal)];
        string[] changed = [.. all.Where(member => IsChanged(mutation, member, before, after))];
        return Table(changed, before, after).Concat(Unchanged([.. all.Except(changed)], after));
    }

    /// <summary>The list of changed members counts where there is one: two masked values can be equal as shown and differ.</summary>
    private static bool IsChanged(RecordedMutation mutation, string member, Dictionary<string, string> before, Dictionary<string, string> after)
        => before.GetValueOrDefault(member) != after.GetValueOrDefault(member) || mutation.Changed.Contains(member, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Table(string[] members, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        (string Name, string Before, string After)[] rows =
        [
            ("member", "before", "after"),
            .. members.Take(MaxMembers).Select(member => (Cell(member), Value(before, member), Value(after, member))),
        ];
        int name = rows.Max(row => row.Name.Length);
        int old = rows.Max(row => row.Before.Length);
        IEnumerable<string> table = rows.Select(row => $"{row.Name.PadRight(name)} | {row.Before.PadRight(old)} | {row.After}");
        return members.Length > MaxMembers ? table.Append($"… {Measure.Count(members.Length - MaxMembers, "more member")}") : table;
    }

    private static IEnumerable<string> Unchanged(string[] members, Dictionary<string, string> row)
        => members.Length == 0 ? [] : [VisibleText.Shorten("unchanged: " + string.Join(", ", members.Select(member => $"{Cell(member)}={Value(row, member)}")), VisibleText.MaxLine)];

    private static IEnumerable<string> Rows(string what, JsonElement rows)
    {
        if (rows.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        IEnumerable<string> shown = rows.EnumerateArray().Take(MaxRows).Select(row => $"{what}: {VisibleText.Line(JsonText.Compact(row))}");
        int more = rows.GetArrayLength() - MaxRows;
        return more > 0 ? shown.Append($"{what}: {Measure.Count(more, "more row")}") : shown;
    }

    private static Dictionary<string, string> Members(JsonElement row)
    {
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        if (row.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in row.EnumerateObject())
            {
                members[JsonText.Name(member)] = JsonText.Compact(member.Value);
            }
        }

        return members;
    }

    private static string Value(Dictionary<string, string> row, string member) => row.TryGetValue(member, out string? value) ? Cell(value) : Absent;

    private static string Cell(string value) => VisibleText.Shorten(VisibleText.Line(value), MaxCell);
}
