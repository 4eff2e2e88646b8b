using System.Text.Json;

namespace FlightRecorder.CrashApp;

/// <summary>Errors and values as a script tells them.</summary>
internal static class Told
{
    public static object? Error(JsonElement told)
    {
        if (told.TryGetProperty("value", out JsonElement value))
        {
            return Value(value);
        }

        string padding = told.TryGetProperty("padding", out JsonElement length) ? new string('.', length.GetInt32()) : "";
        Exception? cause = told.TryGetProperty("cause", out JsonElement inner) ? (Exception?)Error(inner) : null;
        Exception error = Make(told.GetProperty("type").GetString()!, told.GetProperty("message").GetString() + padding, cause);
        return told.TryGetProperty("thrown", out _) ? Thrown(error) : error;
    }

    public static Dictionary<string, object?> Members(JsonElement told)
        => told.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value));

    private static object? Value(JsonElement told) => told.ValueKind switch
    {
        JsonValueKind.String => told.GetString(),
        JsonValueKind.Number => told.TryGetInt64(out long whole) ? whole : told.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => told.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Members(told),
        _ => null,
    };

    // The names of the other language stand for ones of this.
    private static Exception Make(string type, string message, Exception? cause) => type switch
    {
        "TypeError" => new InvalidCastException(message, cause),
        "RangeError" => new InvalidOperationException(message, cause),
        _ => new ApplicationException(message, cause),
    };

    private static Exception Thrown(Exception error)
    {
        try
        {
            throw error;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
