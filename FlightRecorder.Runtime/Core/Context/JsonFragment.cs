using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace FlightRecorder;

/// <summary>A JSON value as UTF-8, taken when it was handed over; redacted like a body when it is written.</summary>
internal sealed class JsonFragment(byte[] utf8)
{
    private const int MaxItems = 1000;

    public byte[] Utf8 { get; } = utf8;

    public static JsonFragment Of(JsonElement element) => Write(writer => element.WriteTo(writer));

    public static JsonFragment Of(JsonNode node) => Write(writer => node.WriteTo(writer));

    public static JsonFragment Of<T>(T value, JsonTypeInfo<T> typeInfo) => new(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>A collection of scalars, such as an array parameter; at most 1 000 items, each as its invariant text or number.</summary>
    public static JsonFragment OfItems(IEnumerable items) => Write(writer =>
    {
        writer.WriteStartArray();
        int count = 0;
        foreach (object? item in items)
        {
            if (count++ == MaxItems)
            {
                writer.WriteStringValue("…");
                break;
            }

            WriteItem(writer, item);
        }

        writer.WriteEndArray();
    });

    private static void WriteItem(Utf8JsonWriter writer, object? item)
    {
        switch (item)
        {
            case null: writer.WriteNullValue(); break;
            case bool value: writer.WriteBooleanValue(value); break;
            case int value: writer.WriteNumberValue(value); break;
            case long value: writer.WriteNumberValue(value); break;
            case double value when double.IsFinite(value): writer.WriteNumberValue(value); break;
            default: writer.WriteStringValue(Convert.ToString(item, CultureInfo.InvariantCulture)); break;
        }
    }

    private static JsonFragment Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new JsonFragment(buffer.WrittenSpan.ToArray());
    }
}
