using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FlightRecorder;

/// <summary>The parameters of a command as they go out, by name without the provider's prefix, by number where they have none.</summary>
internal static class CommandParameters
{
    /// <param name="parameters">The provider's.</param>
    /// <param name="state">What <paramref name="show"/> needs.</param>
    /// <param name="show">Makes what is kept of a name and its captured value.</param>
    public static NamedValue[]? Read<TState>(DbParameterCollection? parameters, TState state, Func<string, object?, TState, NamedValue> show)
    {
        if (parameters is null || parameters.Count == 0)
        {
            return null;
        }

        var values = new NamedValue[parameters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            DbParameter parameter = parameters[i];
            values[i] = show(NameOf(parameter, i + 1), ValueOf(parameter), state);
        }

        return values;
    }

    private static string NameOf(DbParameter parameter, int number)
    {
        string name = parameter.ParameterName?.TrimStart('@', ':', '$', '?') ?? "";
        return name.Length == 0 ? number.ToString(CultureInfo.InvariantCulture) : name;
    }

    // A sequence that is not a collection may be read only once, and that is the provider's to do.
    private static object? ValueOf(DbParameter parameter)
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
