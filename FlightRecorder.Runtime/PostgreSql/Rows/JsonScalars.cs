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

    /// <summary>The raw elements of an array.</summary>
    public static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> array)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        if (array.IsEmpty)
        {
            return elements;
        }

        var reader = new Utf8JsonReader(array.Span, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return elements;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(array[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }
}
