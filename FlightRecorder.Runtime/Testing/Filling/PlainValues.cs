using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder.Testing;

/// <summary>Values for what is not marked: harmless ones that validation lets through.</summary>
internal static class PlainValues
{
    private static readonly DateTime s_day = new(2020, 2, 2, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The value; null for a type that is no single value.</summary>
    public static object? Of(Type type, ValueRules rules)
        => type == typeof(string) || type == typeof(object) ? Text(rules)
            : type == typeof(bool) ? true
            : type == typeof(Guid) ? new Guid("5f9a2b54-8d0f-4a7c-9b1e-111111111111")
            : type == typeof(Uri) ? new Uri("https://plain.invalid/")
            : type == typeof(byte[]) ? "plain"u8.ToArray()
            : type == typeof(char) ? 'p'
            : type.IsEnum ? Enum.GetValues(type) is { Length: > 0 } values ? values.GetValue(0) : Enum.ToObject(type, 0)
            : Time(type) ?? Json(type) ?? Number(type, rules);

    private static object? Time(Type type)
        => type == typeof(DateTime) ? s_day
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(s_day)
            : type == typeof(DateOnly) ? DateOnly.FromDateTime(s_day)
            : type == typeof(TimeOnly) ? new TimeOnly(12, 0)
            : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(1)
            : null;

    private static object? Json(Type type)
        => type == typeof(JsonElement) ? JsonSerializer.SerializeToElement("plain")
            : type == typeof(JsonNode) || type == typeof(JsonValue) ? JsonValue.Create("plain")
            : type == typeof(JsonObject) ? new JsonObject()
            : type == typeof(JsonArray) ? new JsonArray()
            : null;

    private static object? Number(Type type, ValueRules rules)
        => type.IsPrimitive || type == typeof(decimal)
            ? Convert.ChangeType(Math.Max(1, rules.Minimum ?? 1), type, CultureInfo.InvariantCulture)
            : type.IsValueType && type.Namespace == nameof(System) ? Activator.CreateInstance(type) : null;

    private static string Text(ValueRules rules)
    {
        string text = rules.IsCard ? "4111111111111111"
            : rules.IsPhone ? "+4930123456"
            : rules.IsEmail ? "plain@plain.invalid"
            : rules.IsUrl ? "https://plain.invalid/"
            : "plain".PadRight(rules.MinLength, 'n');
        return text.Length > rules.MaxLength ? text[..rules.MaxLength] : text;
    }
}
