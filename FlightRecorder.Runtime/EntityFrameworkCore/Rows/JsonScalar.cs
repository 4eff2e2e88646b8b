using System.Globalization;
using System.Text.Json;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Writes a captured value into nested JSON: numbers as numbers when exact in a double, times as ISO 8601, bytes as their count.</summary>
internal static class JsonScalar
{
    private const long MaxExact = 1L << 53;

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case byte or sbyte or short or ushort or int or uint: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case long number when number is >= -MaxExact and <= MaxExact: writer.WriteNumberValue(number); break;
            case ulong number when number <= MaxExact: writer.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case decimal number when IsExact(number): writer.WriteNumberValue(number); break;
            case DateTime time: writer.WriteStringValue(time); break;
            case DateTimeOffset time: writer.WriteStringValue(time); break;
            case DateOnly or TimeOnly: writer.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)); break;
            case JsonFragment json: writer.WriteRawValue(json.Utf8); break;
            case ByteCount bytes: WriteBytes(writer, bytes); break;
            default: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    // 15 significant digits survive the way through a double.
    private static bool IsExact(decimal number) => Math.Abs(number) < 1e15m && (decimal)(double)number == number;

    private static void WriteBytes(Utf8JsonWriter writer, ByteCount bytes)
    {
        writer.WriteStartObject();
        writer.WriteNumber("bytes", bytes.Bytes);
        writer.WriteEndObject();
    }
}
