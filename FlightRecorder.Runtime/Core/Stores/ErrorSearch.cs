using System.Globalization;
using System.Text.Json;

namespace FlightRecorder;

/// <summary>Looks for the words of a text in the errors of recordings; the same for every reader. All of them must be in one error.</summary>
internal sealed class ErrorSearch
{
    private const int MaxLength = 1000;

    private ErrorSearch(string text) => Words = WordsOf(text);

    public IReadOnlyCollection<string> Words { get; }

    /// <summary>Null when the query does not ask for errors.</summary>
    public static ErrorSearch? Of(RecordingQuery query) => query.ErrorText is { } text ? new ErrorSearch(text) : null;

    /// <summary>What is wrong with the text and what is allowed, or null.</summary>
    public static string? Fault(string text)
    {
        string? fault = text.Length > MaxLength ? string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters")
            : WordsOf(text).Count == 0 ? "has no letter and no digit"
            : null;
        return fault is null ? null : fault + "; allowed: 1 to 1000 characters, among them a letter or a digit";
    }

    /// <summary>Whether the recording of the line has an error with all the words.</summary>
    public bool IsInLine(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isErrors = reader.ValueTextEquals("errors"u8);
                reader.Read();
                if (isErrors)
                {
                    return reader.TokenType == JsonTokenType.StartArray && IsInAny(ref reader);
                }

                reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // An intact line that is no JSON was written by somebody else.
        }

        return false;
    }

    /// <summary>Whether all the words are in the error, a JSON object.</summary>
    public bool IsInError(ReadOnlySpan<byte> error)
    {
        var words = new ErrorWords();
        words.AddError(error);
        return words.ContainsAll(Words);
    }

    // Errors that are not all objects are no errors to any reader.
    private bool IsInAny(ref Utf8JsonReader reader)
    {
        bool isIn = false;
        var words = new ErrorWords();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            words.Clear();
            words.AddError(ref reader);
            isIn |= words.ContainsAll(Words);
        }

        return isIn && reader.TokenType == JsonTokenType.EndArray;
    }

    private static IReadOnlyCollection<string> WordsOf(string text)
    {
        var words = new ErrorWords();
        words.AddText(text);
        return words.All;
    }
}
