using System.Globalization;
using System.Text;
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

    // To look for more of them inside each parameter would cost the save more than all the rest.
    private const int MaxParts = 32;

    private const int MaxScalarText = 128;

    private HashSet<string>? _texts;

    /// <summary>Set when a row is changed whose members are not known: then every parameter is hidden.</summary>
    public bool All { get; set; }

    /// <summary>A value of a hidden property, as the model has it and as it is sent.</summary>
    public void Note(PropertyPlan property, object? value)
    {
        Note(EntityValue.Of(value));
        if (property.IsConverted)
        {
            Note(EntityValue.Of(property.Sent(value)));
        }
    }

    public void Note(RedactionMap? map, string name, object? value)
    {
        if (value is not null && map?.Hides(name) == true)
        {
            Note(value);
        }
    }

    public bool Hides(object? value)
    {
        if (All || value is null || _texts is null)
        {
            return All;
        }

        return value switch
        {
            string text => HidesText(_texts, text),
            JsonFragment json => HidesText(_texts, Encoding.UTF8.GetString(json.Utf8)),
            ISpanFormattable scalar => HidesScalar(_texts, scalar),
            _ => _texts.Contains(Text(value)),
        };
    }

    private void Note(object? value)
    {
        if (value is not null && Text(value) is { Length: > 0 } text)
        {
            (_texts ??= new HashSet<string>(StringComparer.Ordinal)).Add(text);
        }
    }

    private static bool HidesText(HashSet<string> texts, string text)
        => texts.Contains(text) || (texts.Count <= MaxParts ? HoldsPart(texts, text) : MayBeJson(text));

    private static bool HoldsPart(HashSet<string> texts, string text)
    {
        foreach (string hidden in texts)
        {
            if (hidden.Length >= MinPart && text.Contains(hidden, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // A column of JSON holds many members; which ones is not looked at any more.
    private static bool MayBeJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    private static bool HidesScalar(HashSet<string> texts, ISpanFormattable scalar)
    {
        Span<char> text = stackalloc char[MaxScalarText];
        return scalar.TryFormat(text, out int length, default, CultureInfo.InvariantCulture)
            ? texts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..length])
            : texts.Contains(Text(scalar));
    }

    private static string Text(object value) => value switch
    {
        JsonFragment json => Encoding.UTF8.GetString(json.Utf8),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
