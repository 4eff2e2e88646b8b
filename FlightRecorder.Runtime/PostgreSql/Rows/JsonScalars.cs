using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>Single JSON values, read leniently: what is of another type is absent.</summary>
internal static class JsonScalars
{
    public static string? Text(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    public static long Number(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : 0;
    }

    /// <summary>The raw elements of an array that was read as valid before.</summary>
    public static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> array)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        ReadOnlySpan<byte> bytes = array.Span;
        if (bytes.IsEmpty || bytes[0] != (byte)'[')
        {
            return elements;
        }

        int at = JsonHop.Content(bytes, 1);
        while (JsonHop.At(bytes, at) != (byte)']')
        {
            int end = JsonHop.End(bytes, at);
            elements.Add(array[at..end]);
            at = JsonHop.Content(bytes, end);
            at = JsonHop.At(bytes, at) == (byte)',' ? JsonHop.Content(bytes, at + 1) : at;
        }

        return elements;
    }
}
