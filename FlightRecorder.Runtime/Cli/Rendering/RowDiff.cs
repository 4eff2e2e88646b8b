using System.Text.Json;

namespace FlightRecorder.Cli;

/// <summary>One row before and after, member by member; what differs is marked with a star.</summary>
internal static class RowDiff
{
    private const int MaxWidth = 48;

    public static void Write(Page page, JsonElement before, JsonElement after, IReadOnlyList<string> changed)
    {
        List<(string Name, string Before, string After)> cells = Cells(before, after);
        if (cells.Count == 0)
        {
            return;
        }

        int nameWidth = Width(cells.Select(cell => cell.Name).Append("member"));
        int beforeWidth = Width(cells.Select(cell => cell.Before).Append("before"));
        page.Text("    ").Cell("  member", nameWidth + 2, Style.Faint).Text("  ").Cell("before", beforeWidth, Style.Faint).Text("  ").Line("after", Style.Faint);
        foreach ((string name, string was, string now) in cells)
        {
            // Two masked values can be equal as shown and differ.
            bool isChanged = was != now || changed.Contains(name, StringComparer.OrdinalIgnoreCase);
            page.Text(isChanged ? "    * " : "      ").Cell(Cut(name), nameWidth)
                .Text("  ").Cell(Cut(was), beforeWidth, isChanged ? Style.Bad : Style.Faint)
                .Text("  ").Line(Cut(now), isChanged ? Style.Good : Style.Faint);
        }
    }

    private static List<(string Name, string Before, string After)> Cells(JsonElement before, JsonElement after)
        => [.. Names(before).Union(Names(after)).Select(name => (name, Value(before, name), Value(after, name)))];

    private static IEnumerable<string> Names(JsonElement row)
        => row.ValueKind == JsonValueKind.Object ? row.EnumerateObject().Select(member => member.Name) : [];

    private static string Value(JsonElement row, string name)
        => row.Field(name) is { ValueKind: not JsonValueKind.Undefined } value ? RecordingJson.Compact(value) : "–";

    private static int Width(IEnumerable<string> texts) => texts.Max(text => SafeText.Of(Cut(text)).Length);

    private static string Cut(string text) => text.Length <= MaxWidth ? text : string.Concat(text.AsSpan(0, MaxWidth - 1), "…");
}
