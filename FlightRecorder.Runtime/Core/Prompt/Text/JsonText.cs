using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlightRecorder.Prompts;

/// <summary>Recorded JSON as text: indented or on one line, with strings readable rather than escaped.</summary>
internal static class JsonText
{
    // Bodies are at most 64 deep as recorded; what is handed in by others may be deeper.
    private const int MaxDepth = 64;

    public static bool IsPresent(JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>On one line, not yet shown or shortened.</summary>
    public static string Compact(JsonElement element) => Text(element, null);

    /// <summary>Indented by two blanks per level, not yet shown or shortened.</summary>
    public static string Indented(JsonElement element) => Text(element, "\n");

    /// <summary>A member's name. A name that is no valid text gives the replacement character.</summary>
    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>The bare text of a scalar, for comparing; empty for null, objects and arrays.</summary>
    public static string Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => String(element),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => "",
    };

    /// <summary>The scalars of a value: itself, or the items of an array.</summary>
    public static IEnumerable<string> Scalars(JsonElement element)
        => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(Scalar) : [Scalar(element)];

    private static string Text(JsonElement element, string? lineEnd)
    {
        var text = new StringBuilder();
        Append(text, element, lineEnd, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element, string? lineEnd, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Undefined: break;
            case JsonValueKind.String: AppendString(text, String(element)); break;
            case JsonValueKind.Object or JsonValueKind.Array when depth == MaxDepth: text.Append('…'); break;
            case JsonValueKind.Object: AppendObject(text, element, lineEnd, depth); break;
            case JsonValueKind.Array: AppendArray(text, element, lineEnd, depth); break;
            default: text.Append(element.GetRawText()); break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement element, string? lineEnd, int depth)
    {
        bool first = true;
        text.Append('{');
        foreach (JsonProperty member in element.EnumerateObject())
        {
            Separate(text, ref first, lineEnd, depth + 1);
            AppendString(text, Name(member));
            text.Append(lineEnd is null ? ":" : ": ");
            Append(text, member.Value, lineEnd, depth + 1);
        }

        Close(text, '}', first, lineEnd, depth);
    }

    private static void AppendArray(StringBuilder text, JsonElement element, string? lineEnd, int depth)
    {
        bool first = true;
        text.Append('[');
        foreach (JsonElement item in element.EnumerateArray())
        {
            Separate(text, ref first, lineEnd, depth + 1);
            Append(text, item, lineEnd, depth + 1);
        }

        Close(text, ']', first, lineEnd, depth);
    }

    private static void Separate(StringBuilder text, ref bool first, string? lineEnd, int depth)
    {
        text.Append(first ? "" : ",");
        first = false;
        if (lineEnd is not null)
        {
            text.Append(lineEnd).Append(' ', depth * 2);
        }
    }

    private static void Close(StringBuilder text, char bracket, bool empty, string? lineEnd, int depth)
    {
        if (lineEnd is not null && !empty)
        {
            text.Append(lineEnd).Append(' ', depth * 2);
        }

        text.Append(bracket);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }

    /// <summary>A string's text; the escaped form when it holds half a surrogate pair, which is no text.</summary>
    private static string String(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }
}
