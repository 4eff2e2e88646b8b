using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlightRecorder.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings.Atlas;

/// <summary>A row in one line, whether the database or a recording has it: members by name, numbers without needless zeros.</summary>
internal static class RowText
{
    /// <param name="json">What a query made of the row.</param>
    public static string Of(string json) => Of(JsonNode.Parse(json));

    /// <param name="model">What the recording calls the entity; among the members, as the queries write it.</param>
    /// <param name="row">The row as the recording holds it.</param>
    public static string Of(string? model, NamedValue[] row)
    {
        var text = new JsonObject { ["model"] = model };
        foreach (NamedValue value in row)
        {
            text[value.Name] = Captured(value.Value);
        }

        return Of(text);
    }

    private static string Of(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => member.Key + ":" + Of(member.Value))) + "}",
        JsonArray elements => "[" + string.Join(',', elements.Select(Of)) + "]",
        _ when node.GetValueKind() == JsonValueKind.Number => (decimal.Parse(node.ToJsonString()) / 1.0000000000000000000000000000m).ToString(),
        _ => node.ToString(),
    };

    private static JsonNode? Captured(object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonScalar.Write(writer, value);
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
