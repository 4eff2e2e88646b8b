using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlightRecorder.Tests.Core.Redaction.Shapes;

/// <summary>A column of the table: how the serializer, or a client that the serializer reads leniently, spells the names.</summary>
internal sealed record Setting(string Name, JsonNamingPolicy? Policy, bool IsPreserving = false)
{
    public static Setting[] All { get; } =
    [
        new("as is", null),
        new("camel", JsonNamingPolicy.CamelCase),
        new("snake", JsonNamingPolicy.SnakeCaseLower),
        new("upper snake", JsonNamingPolicy.SnakeCaseUpper),
        new("kebab", JsonNamingPolicy.KebabCaseLower),
        new("upper kebab", JsonNamingPolicy.KebabCaseUpper),
        new("any case", new AnyCase()),
        new("fields and references", JsonNamingPolicy.CamelCase, IsPreserving: true),
    ];

    public JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = Policy,
        DictionaryKeyPolicy = Policy,
        PropertyNameCaseInsensitive = true,
        IncludeFields = IsPreserving,

        // A list becomes {"$id":"1","$values":[…]}.
        ReferenceHandler = IsPreserving ? ReferenceHandler.Preserve : null,
        WriteIndented = Policy == JsonNamingPolicy.KebabCaseLower,
    };

    public override string ToString() => Name;

    // What PropertyNameCaseInsensitive accepts: every second letter the other way round.
    private sealed class AnyCase : JsonNamingPolicy
    {
        public override string ConvertName(string name)
            => string.Concat(name.Select((letter, index) => index % 2 == 0 ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
    }
}
