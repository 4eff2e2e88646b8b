using System.Collections.Concurrent;

namespace FlightRecorder.Tests.AspNetCore.Support;

/// <summary>Collects what is logged.</summary>
internal sealed class LogLines : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<(EventId Id, string Text, object? State)> _lines = [];

    public IReadOnlyList<string> Of(int id) => [.. _lines.Where(line => line.Id.Id == id).Select(line => line.Text)];

    /// <summary>The named values of each line.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> ValuesOf(int id)
        => [.. _lines.Where(line => line.Id.Id == id).Select(line => ((IEnumerable<KeyValuePair<string, object?>>)line.State!).ToDictionary())];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue((eventId, formatter(state, exception) + Environment.NewLine + exception, state));

    public void Dispose()
    {
    }
}
