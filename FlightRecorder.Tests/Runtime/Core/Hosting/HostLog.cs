using Microsoft.Extensions.Logging;

namespace FlightRecorder.Tests.Core.Hosting;

/// <summary>What a host logged under the recorder's category, with the named values.</summary>
internal sealed class HostLog : ILoggerProvider, ILogger
{
    private readonly List<HostLogLine> _lines = [];

    public IReadOnlyList<HostLogLine> Of(int id)
    {
        lock (_lines)
        {
            return [.. _lines.Where(line => line.Id == id)];
        }
    }

    public ILogger CreateLogger(string categoryName)
        => categoryName == "FlightRecorder" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = (IReadOnlyList<KeyValuePair<string, object?>>)state!;
        lock (_lines)
        {
            _lines.Add(new HostLogLine(eventId.Id, logLevel, formatter(state, exception), values.ToDictionary()));
        }
    }

    public void Dispose()
    {
    }
}

internal sealed record HostLogLine(int Id, LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Values);
