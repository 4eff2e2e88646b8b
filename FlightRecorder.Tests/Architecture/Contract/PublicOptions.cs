using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace FlightRecorder.Tests.Architecture.Contract;

/// <summary>The options as the code has them: found by walking public properties, with the values of a host that sets none.</summary>
internal static class PublicOptions
{
    /// <summary>Name, in the form of a configuration key, and default of each option of the object.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(object options, Type? declaring = null, string prefix = "")
    {
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (declaring is not null && property.DeclaringType != declaring)
            {
                continue;
            }

            object? value = property.GetValue(options);
            if (property.CanWrite)
            {
                yield return new(prefix + property.Name, Text(value));
            }
            else if (value is not null && property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (KeyValuePair<string, string> nested in Of(value, null, prefix + property.Name + ":"))
                {
                    yield return nested;
                }
            }
        }
    }

    /// <summary>The web options as a host resolves them.</summary>
    public static FlightRecorderWebOptions Resolve(Action<FlightRecorderWebOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IHostEnvironment>(new NamedEnvironment());
        services.AddFlightRecorder(configure);
        return services.BuildServiceProvider().GetRequiredService<FlightRecorderWebOptions>();
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        string text => text,
        Delegate => "built in",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable items => items.Cast<object>().ToArray() is { Length: > 0 } all ? string.Join(", ", all) : "none",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed class NamedEnvironment : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "the host's application name";

        public string EnvironmentName { get; set; } = "the host's environment name";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
