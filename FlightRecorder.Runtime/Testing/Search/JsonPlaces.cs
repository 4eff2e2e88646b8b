using System.Text.Json;

namespace FlightRecorder.Testing;

/// <summary>The texts of a JSON value with their paths: names, strings and numbers.</summary>
internal static class JsonPlaces
{
    public static IEnumerable<(string Path, string Text)> Of(JsonElement value, string path = "$")
        => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Of(member.Value, $"{path}.{member.Name}").Prepend(($"{path} (a name)", member.Name))),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Of(item, $"{path}[{index}]")),
            JsonValueKind.String => [(path, value.GetString()!)],
            JsonValueKind.Number => [(path, value.GetRawText())],
            _ => [],
        };
}
