using System.Text.Json;

namespace FlightRecorder;

/// <summary>Lenient reading of members: what is absent or of another type has its default.</summary>
internal static class JsonFields
{
    public static JsonElement Field(this JsonElement owner, string name)
        => owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) ? value : default;

    public static string? Text(this JsonElement owner, string name) => owner.Field(name).AsText();

    public static long? Number(this JsonElement owner, string name)
        => owner.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : null;

    public static int Int(this JsonElement owner, string name, int absent = 0)
        => owner.Number(name) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : absent;

    public static bool Flag(this JsonElement owner, string name) => owner.Field(name).ValueKind == JsonValueKind.True;

    public static DateTimeOffset Time(this JsonElement owner, string name)
        => owner.Field(name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out DateTimeOffset time) ? time : default;

    public static IReadOnlyList<T> Items<T>(this JsonElement owner, string name, Func<JsonElement, T> read)
    {
        JsonElement array = owner.Field(name);
        if (array.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var items = new List<T>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            items.Add(read(item));
        }

        return items;
    }

    public static IReadOnlyDictionary<string, string> Texts(this JsonElement owner, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, JsonElement value) in Members(owner.Field(name)))
        {
            texts[key] = value.AsText() ?? value.GetRawText();
        }

        return texts;
    }

    /// <summary>Values by name; a repeated one is an array in the line.</summary>
    public static IReadOnlyDictionary<string, string[]> Multi(this JsonElement owner, string name)
    {
        var values = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, JsonElement value) in Members(owner.Field(name)))
        {
            values[key] = value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Select(item => item.AsText() ?? item.GetRawText())]
                : [value.AsText() ?? value.GetRawText()];
        }

        return values;
    }

    public static string? AsText(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair as an escape is valid JSON but no text; the raw escapes are shown instead.
            return value.GetRawText();
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement owner)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (JsonProperty member in owner.EnumerateObject())
        {
            yield return (member.Name, member.Value);
        }
    }
}
