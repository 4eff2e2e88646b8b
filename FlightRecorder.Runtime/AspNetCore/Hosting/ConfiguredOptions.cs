using Microsoft.Extensions.Configuration;

namespace FlightRecorder.AspNetCore;

/// <summary>Reads the options from a configuration section.</summary>
internal static class ConfiguredOptions
{
    /// <exception cref="FlightRecorderConfigurationException">A value cannot be read as its option's type.</exception>
    public static void Bind(IConfiguration section, FlightRecorderWebOptions options)
    {
        ClearLists(section, options);
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException error)
        {
            throw new FlightRecorderConfigurationException(Told(section, error.Message), error);
        }
    }

    // The binder of .NET 9 names the key only.
    private static string Told(IConfiguration section, string message)
    {
        foreach ((string key, string? value) in section.AsEnumerable())
        {
            if (message.Contains('\'' + key + '\'', StringComparison.Ordinal))
            {
                return $"{key} is \"{value}\". {message}";
            }
        }

        return message;
    }

    // The binder adds to a list: a configured one would only ever grow the defaults.
    private static void ClearLists(IConfiguration section, FlightRecorderWebOptions options)
    {
        options.RequestHeaders = Start(section, "RequestHeaders", options.RequestHeaders);
        options.ResponseHeaders = Start(section, "ResponseHeaders", options.ResponseHeaders);
        options.Redaction.Names = Start(section, "Redaction:Names", options.Redaction.Names);
        options.Redaction.Paths = Start(section, "Redaction:Paths", options.Redaction.Paths);
    }

    private static IList<string> Start(IConfiguration section, string key, IList<string> current)
        => section.GetSection(key).Exists() ? [] : current;
}
