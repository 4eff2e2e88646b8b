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
    private const int MaxFew = 32;

    private const int MaxScalarText = 128;

    private readonly List<string> _few = [];
    private HashSet<string>? _many;

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
        if (All || value is null || _few.Count == 0)
        {
            return All;
        }

        return value switch
        {
            string text => HidesText(text),
            JsonFragment json => HidesText(Encoding.UTF8.GetString(json.Utf8)),
            ISpanFormattable scalar => HidesScalar(scalar),
            _ => Holds(Text(value)),
        };
    }

    private void Note(object? value)
    {
        if (value is not null && Text(value) is { Length: > 0 } text && !Holds(text))
        {
            Add(text);
        }
    }

    // A set costs more than it saves as long as they are few.
    private void Add(string text)
    {
        if (_many is null && _few.Count < MaxFew)
        {
            _few.Add(text);
        }
        else
        {
            (_many ??= new HashSet<string>(_few, StringComparer.Ordinal)).Add(text);
        }
    }

    private bool Holds(ReadOnlySpan<char> text)
    {
        if (_many is not null)
        {
            return _many.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
        }

        foreach (string hidden in _few)
        {
            if (text.SequenceEqual(hidden))
            {
                return true;
            }
        }

        return false;
    }

    private bool HidesText(string text) => Holds(text) || (_many is null ? HoldsPart(text) : MayBeJson(text));

    private bool HoldsPart(string text)
    {
        foreach (string hidden in _few)
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

    private bool HidesScalar(ISpanFormattable scalar)
    {
        Span<char> text = stackalloc char[MaxScalarText];
        return scalar.TryFormat(text, out int length, default, CultureInfo.InvariantCulture) ? Holds(text[..length]) : Holds(Text(scalar));
    }

    private static string Text(object value) => value switch
    {
        JsonFragment json => Encoding.UTF8.GetString(json.Utf8),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
