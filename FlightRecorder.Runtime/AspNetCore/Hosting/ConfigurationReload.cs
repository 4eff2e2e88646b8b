using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// Applies what may change while running: <c>Enabled</c>, and names added to <c>Redaction:Names</c>; a name that is taken away stays.
/// A wrong change is logged and nothing of it applied.
/// </summary>
internal sealed class ConfigurationReload(IConfiguration section, FlightRecorderOptions options, ILogger logger) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _subscription;
    private string? _enabled;
    private string? _refused;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _enabled = section["Enabled"];
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
        // One change of a file may be told several times, and on several threads.
        lock (_gate)
        {
            try
            {
                Apply(Changed());
                _refused = null;
            }
            catch (Exception error)
            {
                Refuse(error.Message);
            }
        }
    }

    private FlightRecorderWebOptions Changed()
    {
        var changed = new FlightRecorderWebOptions();
        ConfiguredOptions.Bind(section, changed);
        var checks = new OptionChecks();
        changed.Validate(checks);
        checks.ThrowIfAny();
        return changed;
    }

    private void Apply(FlightRecorderWebOptions changed)
    {
        AddNames(changed.Redaction.Names);
        string? enabled = section["Enabled"];

        // Only a change of the configuration: what code set meanwhile stays.
        if (enabled is not null && enabled != _enabled)
        {
            options.Enabled = changed.Enabled;
        }

        _enabled = enabled;
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

    private void Refuse(string reason)
    {
        if (reason != _refused)
        {
            _refused = reason;
            WebLog.ReloadRefused(logger, (section as IConfigurationSection)?.Path ?? "", reason);
        }
    }
}
