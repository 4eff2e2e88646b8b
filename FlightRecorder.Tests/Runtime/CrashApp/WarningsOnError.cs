using Microsoft.Extensions.Logging;

namespace FlightRecorder.CrashApp;

/// <summary>Shows warnings on standard error, one a line.</summary>
internal sealed class WarningsOnError : ILogger, IDisposable
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => Console.Error.WriteLine(formatter(state, exception));

    public void Dispose()
    {
    }
}
