using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.Tests.EntityFrameworkCore.Recordings;

/// <summary>Keeps what the recorder reports about itself, to say in a failed test what went wrong.</summary>
internal sealed class FaultLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue(formatter(state, exception) + "\n" + exception);

    public override string ToString() => string.Join('\n', _lines);
}
