using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Support;

/// <summary>
/// Checks a value against a JSON Schema made of the keywords that this repository uses: type, properties, required,
/// additionalProperties (a schema), items, enum, const, pattern, minimum and $ref to $defs. An unknown keyword fails.
/// </summary>
public sealed class JsonSchemaCheck(JsonElement root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description"];

    /// <summary>What is wrong, each with its place; empty when the value is valid.</summary>
    public IReadOnlyList<string> Failures(JsonElement value)
    {
        var failures = new List<string>();
        Check(root, value, "$", failures);
        return failures;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> failures)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!Annotations.Contains(keyword.Name) && !Holds(schema, keyword, value, path, failures))
            {
                failures.Add($"{path}: {keyword.Name} {keyword.Value.GetRawText()} does not hold for {value.GetRawText()}");
            }
        }
    }

    private bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value, string path, List<string> failures) => keyword.Name switch
    {
        "type" => IsOfType(keyword.Value, value),
        "const" => JsonElement.DeepEquals(keyword.Value, value),
        "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(),
        "required" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => CheckMembers(value, path, failures, name => keyword.Value.TryGetProperty(name, out JsonElement member) ? member : null),
        "additionalProperties" => CheckMembers(value, path, failures, name => IsNamed(schema, name) ? null : keyword.Value),
        "items" => CheckItems(keyword.Value, value, path, failures),
        "$ref" => CheckReference(keyword.Value.GetString()!, value, path, failures),
        _ => throw new NotSupportedException($"The keyword {keyword.Name} at {path}."),
    };

    private static bool IsNamed(JsonElement schema, string name)
        => schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _);

    private bool CheckMembers(JsonElement value, string path, List<string> failures, Func<string, JsonElement?> schemaOf)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (schemaOf(member.Name) is { } schema)
                {
                    Check(schema, member.Value, path + "." + member.Name, failures);
                }
            }
        }

        return true;
    }

    private bool CheckItems(JsonElement schema, JsonElement value, string path, List<string> failures)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(schema, item, path + "[]", failures);
            }
        }

        return true;
    }

    private bool CheckReference(string reference, JsonElement value, string path, List<string> failures)
    {
        Check(root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]), value, path, failures);
        return true;
    }

    private static bool IsOfType(JsonElement type, JsonElement value)
        => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => IsOfType(one, value)) : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => throw new NotSupportedException(type.GetRawText()),
        };
}
