using FlightRecorder;
using FlightRecorder.AspNetCore;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the recorder to ASP.NET Core hosts.</summary>
public static class FlightRecorderWebServiceCollectionExtensions
{
    /// <summary>Adds the recorder and wires it in front of the pipeline. Calling it twice is calling it once with both actions.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options; wrong ones stop the start with their key, value and allowed range.</param>
    public static FlightRecorderBuilder AddFlightRecorder(this IServiceCollection services, Action<FlightRecorderWebOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RecorderRegistration registration = Register(services);
        if (configure is not null)
        {
            registration.Configure(options => configure((FlightRecorderWebOptions)options));
        }

        return new FlightRecorderBuilder(services);
    }

    /// <summary>
    /// Adds the recorder with the options of a configuration section. While running, a change of <c>Enabled</c> and additions to
    /// <c>Redaction:Names</c> take effect; the rest needs a new start.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section; lists in it replace the defaults. Wrong values stop the start with their key, value and what is allowed.</param>
    public static FlightRecorderBuilder AddFlightRecorder(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        RecorderRegistration registration = Register(services);
        registration.Configure(options => ConfiguredOptions.Bind(section, (FlightRecorderWebOptions)options));
        services.AddSingleton<IHostedService>(provider => new ConfigurationReload(
            section, provider.GetRequiredService<FlightRecorderOptions>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger("FlightRecorder")));
        return new FlightRecorderBuilder(services);
    }

    private static RecorderRegistration Register(IServiceCollection services)
    {
        RecorderRegistration registration = RecorderRegistration.For(services);
        registration.Create = static () => new FlightRecorderWebOptions();
        registration.CheckHost = static (provider, options, checks) =>
        {
            IWebHostEnvironment? environment = provider.GetService<IWebHostEnvironment>();
            WebRoot.Check(environment, "Journal:Directory", options.Journal.Directory, checks);
            WebRoot.Check(environment, "BlackBox:Directory", options.BlackBox.Directory, checks);
        };
        services.TryAddSingleton(provider => (FlightRecorderWebOptions)provider.GetRequiredService<FlightRecorderOptions>());
        services.TryAddSingleton<WebRecorder>();
        services.TryAddSingleton<IEndpointCensus, EndpointCensus>();
        services.TryAddSingleton<FlightWiring>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, FlightStartupFilter>());
        return registration;
    }
}
