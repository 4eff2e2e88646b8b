using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FlightRecorder.AdoNet;

/// <summary>The parameters of a command as they go out, by name without the provider's prefix, by number where they have none.</summary>
internal static class ParameterValues
{
    /// <param name="parameters">The provider's.</param>
    /// <param name="text">The text they belong to, which tells their columns.</param>
    public static NamedValue[]? Of(DbParameterCollection? parameters, TextFacts text)
    {
        if (parameters is null || parameters.Count == 0)
        {
            return null;
        }

        var values = new NamedValue[parameters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Of(parameters[i], i + 1, text);
        }

        return values;
    }

    private static NamedValue Of(DbParameter parameter, int number, TextFacts text)
    {
        string name = parameter.ParameterName?.TrimStart('@', ':', '$', '?') ?? "";
        name = name.Length == 0 ? number.ToString(CultureInfo.InvariantCulture) : name;
        return new NamedValue(name, Value(parameter), text.Columns.GetValueOrDefault(name));
    }

    // A sequence that is not a collection may be read only once, and that is the provider's to do.
    private static object? Value(DbParameter parameter)
    {
        try
        {
            object? value = parameter.Value;
            return value is IEnumerable and not (string or ICollection or JsonNode) ? "(" + value.GetType().Name + ")" : CapturedValue.Of(value);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return "(unreadable: " + error.GetType().Name + ")";
        }
    }
}
