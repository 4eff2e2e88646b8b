using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>The lines of a journal, and what of them must be the same however the app was compiled.</summary>
internal static class JournalText
{
    // Facts of the process, of the moment, and of the machine code: a stack has no files and other frames when compiled ahead of time.
    private static readonly HashSet<string> SetAside =
        ["id", "run", "ts", "durationUs", "atUs", "traceId", "spanId", "parentSpanId", "cost", "crc", "host", "pid", "commit"];

    private static readonly HashSet<string> SetAsideInErrors = ["stack", "location"];

    private static readonly string[] Parts = ["app", "timeline", "mutations", "errors", "inner"];

    /// <summary>The recordings in the order in which they were recorded; notes of the run are none.</summary>
    public static IReadOnlyList<JsonObject> Lines(string journal)
        => [.. Directory.GetFiles(journal, "*.jsonl").SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!.AsObject())
            .Where(line => (string?)line["kind"] != "note").OrderBy(line => (long)line["seq"]!)];

    public static string? RequestIdOf(JsonObject line) => (string?)line["requestId"];

    /// <summary>The line, indented, without what may differ.</summary>
    public static string Comparable(JsonObject line)
    {
        JsonObject copy = line.DeepClone().AsObject();
        Remove(copy, SetAside);
        foreach (JsonNode? error in copy["errors"]?.AsArray() ?? [])
        {
            Remove(error, SetAsideInErrors);
        }

        return copy.ToJsonString(new() { WriteIndented = true });
    }

    // Bodies, headers and the like are the app's own words: a member named id there is compared.
    private static void Remove(JsonNode? node, HashSet<string> names)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? element in array)
            {
                Remove(element, names);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (string name in names)
            {
                members.Remove(name);
            }

            foreach (string part in Parts)
            {
                Remove(members[part], names);
            }
        }
    }
}
