using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.Testing;

/// <summary>Reads along what a host logs, as far as its own filters let it through. One for each logger factory: a provider cannot be taken out again.</summary>
internal sealed class LogTap : ILoggerProvider
{
    private static readonly ConditionalWeakTable<ILoggerFactory, LogTap> s_taps = [];

    private readonly Lock _gate = new();
    private LogCollector[] _collectors = [];

    public static LogTap On(ILoggerFactory factory) => s_taps.GetValue(factory, Attach);

    public void Add(LogCollector collector)
    {
        lock (_gate)
        {
            _collectors = [.. _collectors, collector];
        }
    }

    public void Remove(LogCollector collector)
    {
        lock (_gate)
        {
            _collectors = [.. _collectors.Where(other => other != collector)];
        }
    }

    public ILogger CreateLogger(string categoryName) => new TapLogger(this, categoryName);

    public void Dispose()
    {
    }

    private static LogTap Attach(ILoggerFactory factory)
    {
        var tap = new LogTap();
        factory.AddProvider(tap);
        return tap;
    }

    private sealed class TapLogger(LogTap tap, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && Volatile.Read(ref tap._collectors).Length > 0;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            string text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
            foreach (LogCollector collector in Volatile.Read(ref tap._collectors))
            {
                collector.Add(category, eventId.Id, text);
            }
        }
    }
}
