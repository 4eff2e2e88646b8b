using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace FlightRecorder.Testing;

/// <summary>What the validation attributes of a member ask of its value.</summary>
internal sealed class ValueRules(IReadOnlyList<object> attributes)
{
    public static ValueRules None { get; } = new([]);

    public int MaxLength => attributes.Select(Longest).Append(int.MaxValue).Min();

    public int MinLength => attributes.Select(Shortest).Append(0).Max();

    public bool IsEmail => attributes.OfType<EmailAddressAttribute>().Any();

    public bool IsUrl => attributes.OfType<UrlAttribute>().Any();

    public bool IsPhone => attributes.OfType<PhoneAttribute>().Any();

    public bool IsCard => attributes.OfType<CreditCardAttribute>().Any();

    public decimal? Minimum => Range is { } range ? Number(range.Minimum) : null;

    public decimal? Maximum => Range is { } range ? Number(range.Maximum) : null;

    private RangeAttribute? Range => attributes.OfType<RangeAttribute>().FirstOrDefault();

    /// <summary>The first rule that the value breaks, or null.</summary>
    public string? BrokenBy(object value)
        => attributes.OfType<ValidationAttribute>().FirstOrDefault(rule => !IsValid(rule, value))?.GetType().Name;

    private static int Longest(object attribute) => attribute switch
    {
        StringLengthAttribute length => length.MaximumLength,
        MaxLengthAttribute { Length: > 0 } length => length.Length,
        LengthAttribute length => length.MaximumLength,
        _ => int.MaxValue,
    };

    private static int Shortest(object attribute) => attribute switch
    {
        StringLengthAttribute length => length.MinimumLength,
        MinLengthAttribute length => length.Length,
        LengthAttribute length => length.MinimumLength,
        _ => 0,
    };

    private static decimal? Number(object bound)
        => decimal.TryParse(Convert.ToString(bound, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    // A rule of the app's own may need services; then only the app can tell.
    private static bool IsValid(ValidationAttribute rule, object value)
    {
        try
        {
            return rule.IsValid(value);
        }
        catch (Exception)
        {
            return true;
        }
    }
}
