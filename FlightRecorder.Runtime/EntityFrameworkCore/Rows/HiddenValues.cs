using System.Globalization;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The values of one save that redaction hides in its rows, so that the same values are hidden in its parameters, short ones
/// and numbers too. Lives as long as the save.
/// </summary>
internal sealed class HiddenValues
{
    // Shorter texts are compared whole: as a part they would be found everywhere.
    private const int MinPart = 4;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>Set when a row is changed whose members are not known: then every parameter is hidden.</summary>
    public bool All { get; set; }

    public void Note(RedactionMap? map, string name, object? value)
    {
        if (value is not null && map?.Hides(name) == true && Text(value) is { Length: > 0 } text)
        {
            _texts.Add(text);
        }
    }

    public bool Hides(object? value)
    {
        if (All)
        {
            return true;
        }

        string text = value is null ? "" : Text(value);
        return text.Length > 0 && (_texts.Contains(text) || _texts.Any(hidden => hidden.Length >= MinPart && text.Contains(hidden, StringComparison.Ordinal)));
    }

    private static string Text(object value) => value switch
    {
        JsonFragment json => System.Text.Encoding.UTF8.GetString(json.Utf8),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
