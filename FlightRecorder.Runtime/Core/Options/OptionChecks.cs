using System.Globalization;

namespace FlightRecorder;

/// <summary>Collects what is wrong with the options, each with its key, value and allowed range, and throws once with all of it.</summary>
internal sealed class OptionChecks
{
    private readonly List<string> _failures = [];

    public void Fail(string key, object? value, string allowed)
        => _failures.Add(string.Create(CultureInfo.InvariantCulture, $"FlightRecorder:{key} is {Shown(value)}; allowed: {allowed}."));

    public void Range<T>(string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            Fail(key, value, string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"));
        }
    }

    public void Text(string key, string? value, int min, int max)
    {
        if (value is null || value.Length < min || value.Length > max)
        {
            Fail(key, value, string.Create(CultureInfo.InvariantCulture, $"{min} to {max} characters"));
        }
    }

    public void Defined<T>(string key, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Fail(key, value, string.Join(", ", Enum.GetNames<T>()));
        }
    }

    /// <summary>The list, or an empty one after a fault where there is none.</summary>
    public IList<string> Listed(string key, IList<string>? values)
    {
        if (values is null)
        {
            Fail(key, null, "a list, which may be empty");
        }

        return values ?? [];
    }

    /// <exception cref="FlightRecorderConfigurationException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_failures.Count > 0)
        {
            throw new FlightRecorderConfigurationException(string.Join(System.Environment.NewLine, _failures));
        }
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => '"' + text + '"',
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };
}
