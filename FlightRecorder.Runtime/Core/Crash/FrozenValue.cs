using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FlightRecorder;

/// <summary>Values of context as they were when handed over, and their JSON.</summary>
internal static class FrozenValue
{
    // Deeper is taken for a cycle.
    private const int MaxDepth = 16;

    public static KeyValuePair<string, object?>[] Members(IEnumerable<KeyValuePair<string, object?>>? members)
    {
        if (members is null or ICollection<KeyValuePair<string, object?>> { Count: 0 })
        {
            return [];
        }

        try
        {
            return members is Dictionary<string, object?> extra ? Copy(extra) : CopyOneByOne(members);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Another thread changed them meanwhile: the error itself is still worth its line.
            return [KeyValuePair.Create<string, object?>("context", "(unreadable: " + error.GetType().Name + ")")];
        }
    }

    public static object? Of(object? value) => value is IEnumerable items && IsNested(items) ? Nested(items) : CapturedValue.Of(value);

    /// <summary>Appends the JSON of a frozen value.</summary>
    public static void Write(object? frozen, LineBuffer line, LineBuffer text)
    {
        text.Clear();
        switch (ScalarText.Append(frozen, text))
        {
            case ScalarKind.Null: line.Raw("null"u8); break;
            case ScalarKind.Text: line.Text(text.Written); break;
            case ScalarKind.Bytes: line.Raw("{\"bytes\":"u8); line.Raw(text.Written); line.Byte((byte)'}'); break;
            default: line.Raw(text.Written); break;
        }
    }

    /// <summary>Appends a name, escaped, and its colon.</summary>
    public static void Name(string name, LineBuffer line)
    {
        line.Separate();
        line.Text(name);
        line.Byte((byte)':');
    }

    private static KeyValuePair<string, object?>[] CopyOneByOne(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var copy = new List<KeyValuePair<string, object?>>();
        foreach ((string name, object? value) in members)
        {
            copy.Add(KeyValuePair.Create(name, Of(value)));
        }

        return [.. copy];
    }

    private static KeyValuePair<string, object?>[] Copy(Dictionary<string, object?> members)
    {
        var copy = new KeyValuePair<string, object?>[members.Count];
        int count = 0;
        foreach ((string name, object? value) in members)
        {
            copy[count++] = KeyValuePair.Create(name, Of(value));
        }

        return copy;
    }

    private static bool IsNested(IEnumerable items) => items is not (string or byte[] or JsonNode or IFormattable);

    private static object Nested(IEnumerable items)
    {
        try
        {
            var line = new LineBuffer(256);
            Write(items, line, new LineBuffer(64), MaxDepth);
            return new JsonFragment(line.Written.ToArray());
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return "(unreadable: " + error.GetType().Name + ")";
        }
    }

    private static void Write(object? value, LineBuffer line, LineBuffer text, int depth)
    {
        if (value is not IEnumerable items || !IsNested(items))
        {
            Write(CapturedValue.Of(value), line, text);
        }
        else if (depth == 0)
        {
            line.Text("(too deep)"u8);
        }
        else if (items is IDictionary members)
        {
            WriteObject(members, line, text, depth);
        }
        else
        {
            WriteArray(items, line, text, depth);
        }
    }

    private static void WriteObject(IDictionary members, LineBuffer line, LineBuffer text, int depth)
    {
        line.Byte((byte)'{');
        foreach (DictionaryEntry member in members)
        {
            Name(Convert.ToString(member.Key, CultureInfo.InvariantCulture) ?? "", line);
            Write(member.Value, line, text, depth - 1);
        }

        line.Byte((byte)'}');
    }

    private static void WriteArray(IEnumerable items, LineBuffer line, LineBuffer text, int depth)
    {
        line.Byte((byte)'[');
        foreach (object? item in items)
        {
            line.Separate();
            Write(item, line, text, depth - 1);
        }

        line.Byte((byte)']');
    }
}
