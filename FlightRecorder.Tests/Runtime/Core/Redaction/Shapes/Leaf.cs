using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

// The types of the table: in each, what is marked holds a secret token, and what is not an open one.

/// <summary>What most shapes hold: one open member, a marked one, and one that is also renamed.</summary>
public class Leaf
{
    public string Open { get; set; } = Tokens.Open();

    [Redact]
    public string Marked { get; set; } = Tokens.Secret();

    [Redact, JsonPropertyName("x-other.name")]
    public string Renamed { get; set; } = Tokens.Secret();
}

public struct LeafStruct()
{
    public string Open { get; set; } = Tokens.Open();

    [Redact]
    public string Marked { get; set; } = Tokens.Secret();

    [Redact, JsonPropertyName("x-other.name")]
    public string Renamed { get; set; } = Tokens.Secret();
}

public sealed record Positional(string Open, [Redact] string Marked, [Redact][property: JsonPropertyName("x-other.name")] string Renamed)
{
    public Positional()
        : this(Tokens.Open(), Tokens.Secret(), Tokens.Secret())
    {
    }
}

public readonly record struct PositionalStruct(string Open, [property: Redact] string Marked, [property: Redact, JsonPropertyName("x-other.name")] string Renamed)
{
    public static PositionalStruct Make() => new(Tokens.Open(), Tokens.Secret(), Tokens.Secret());
}

/// <summary>Every kind of value under a mark, not only text.</summary>
public sealed class Kinds
{
    public string Open { get; set; } = Tokens.Open();

    [Redact]
    public long MarkedNumber { get; set; } = 31415926535;

    [Redact]
    public Leaf MarkedObject { get; set; } = new() { Open = Tokens.Secret() };

    [Redact]
    public string[] MarkedList { get; set; } = [Tokens.Secret(), Tokens.Secret()];

    [Redact]
    public Dictionary<string, string> MarkedPairs { get; set; } = new() { [Tokens.Secret()] = Tokens.Secret() };

    [Redact, JsonPropertyName("x-other.name")]
    public Guid MarkedId { get; set; } = Guid.NewGuid();
}

[JsonConverter(typeof(ConvertedConverter))]
public sealed class Converted
{
    public string Open { get; set; } = Tokens.Open();

    [Redact]
    public string Marked { get; set; } = Tokens.Secret();
}

/// <summary>Writes the members by hand, under their names as the options have them.</summary>
public sealed class ConvertedConverter : JsonConverter<Converted>
{
    public override Converted? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => null;

    public override void Write(Utf8JsonWriter writer, Converted value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Name("Open", options), value.Open);
        writer.WriteString(Name("Marked", options), value.Marked);
        writer.WriteString("x-other.name", Tokens.Secret());
        writer.WriteEndObject();
    }

    private static string Name(string name, JsonSerializerOptions options) => options.PropertyNamingPolicy?.ConvertName(name) ?? name;
}
