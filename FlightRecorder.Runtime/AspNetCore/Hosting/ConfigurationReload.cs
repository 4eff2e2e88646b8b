using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.AspNetCore;

/// <summary>Applies what may change while running: <c>Enabled</c>, and names added to <c>Redaction:Names</c>. A wrong change is logged and not applied.</summary>
internal sealed class ConfigurationReload(IConfiguration section, FlightRecorderOptions options, ILogger logger) : IHostedService, IDisposable
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = ChangeToken.OnChange(section.GetReloadToken, Apply);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    private void Apply()
    {
        try
        {
            var changed = new FlightRecorderWebOptions();
            ConfiguredOptions.Bind(section, changed);
            var checks = new OptionChecks();
            changed.Validate(checks);
            checks.ThrowIfAny();
            AddNames(changed.Redaction.Names);
            if (section["Enabled"] is not null)
            {
                options.Enabled = changed.Enabled;
            }
        }
        catch (FlightRecorderConfigurationException error)
        {
            WebLog.ReloadRefused(logger, (section as IConfigurationSection)?.Path ?? "", error.Message);
        }
    }

    // A new list, since requests may be reading the old one.
    private void AddNames(IList<string> names)
    {
        string[] added = [.. names.Except(options.Redaction.Names, StringComparer.OrdinalIgnoreCase)];
        if (added.Length > 0)
        {
            options.Redaction.Names = [.. options.Redaction.Names, .. added];
        }
    }
}
