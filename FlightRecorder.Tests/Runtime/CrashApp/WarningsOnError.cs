using Microsoft.Extensions.Logging;

namespace FlightRecorder.CrashApp;

/// <summary>Shows warnings on standard error, one a line.</summary>
internal sealed class WarningsOnError : ILogger, IDisposable
{
    // Opened now: later there may be no descriptor for it.
    private readonly TextWriter _error = Console.Error;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _error.WriteLine(formatter(state, exception));

    public void Dispose()
    {
    }
}
