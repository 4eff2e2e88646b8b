using System.Text;
using System.Text.Json;

namespace FlightRecorder;

/// <summary>Looks for text in the names, texts and numbers of a line as they are meant, not as they are escaped.</summary>
internal static class LineText
{
    /// <summary>Whether the text is in one of them, in any case.</summary>
    public static bool Contains(ReadOnlySpan<byte> line, string text)
    {
        Needle? ascii = Ascii.IsValid(text) ? Needle.Of(text) : null;
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName or JsonTokenType.Number && IsIn(ref reader, text, ascii))
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // An intact line that is no JSON was written by somebody else.
        }

        return false;
    }

    private static bool IsIn(ref Utf8JsonReader reader, string text, Needle? ascii)
        => ascii is not null && !reader.ValueIsEscaped
            ? ascii.IsIn(reader.ValueSpan)
            : Decoded(ref reader).Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string Decoded(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.Number ? "" : reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: compared as it is written.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
