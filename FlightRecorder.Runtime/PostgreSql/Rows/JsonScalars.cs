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

    /// <summary>How many elements an array has; 0 when it is none.</summary>
    public static int Count(ReadOnlySpan<byte> array)
    {
        if (array is not [(byte)'[', ..])
        {
            return 0;
        }

        int count = 0;
        int at = JsonHop.Content(array, 1);
        while (JsonHop.At(array, at) != (byte)']')
        {
            at = JsonHop.Content(array, JsonHop.End(array, at));
            at = JsonHop.At(array, at) == (byte)',' ? JsonHop.Content(array, at + 1) : at;
            count++;
        }

        return count;
    }

    /// <summary>The raw elements of an array that a journal wrote.</summary>
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
