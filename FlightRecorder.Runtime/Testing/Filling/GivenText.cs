using System.Text.Json;

namespace FlightRecorder.Testing;

/// <summary>The text in JSON of a value that the test gave for a marked member.</summary>
internal static class GivenText
{
    private const int Shortest = 4;

    public static string Of(object value, string path)
    {
        JsonElement json = JsonSerializer.SerializeToElement(value);
        string text = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
        return text.Length >= Shortest
            ? text
            : throw new ArgumentException($"CanaryOptions.Values: the value of {path} must have at least {Shortest} characters: shorter ones are promised to no one.");
    }
}
