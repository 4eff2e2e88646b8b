using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Cli;

/// <summary>
/// Turns what runs that died left in the air into recordings, before a command reads them: what the next start of the app would do,
/// for those who look first. A run that is alive is not touched, and nothing is deleted but slot files whose lines are written.
/// </summary>
internal static class DeadRuns
{
    public static void Recover(Terminal terminal, string directory)
    {
        var place = new SlotPlace(directory, directory);
        var run = new RunInfo();
        var recovery = new SlotRecovery(place, run.Id, new ErrorPage(terminal));
        JournalStore? store = null;
        recovery.Run(lines =>
        {
            store ??= Open(directory, run);
            store.WriteAsync(lines.Bytes, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return true;
        });
        store?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    // Retention is the app's: this one never lets a segment go.
    private static JournalStore Open(string directory, RunInfo run)
    {
        var options = new JournalOptions { Directory = Path.GetFullPath(directory), MaxAge = TimeSpan.FromDays(36_500), MaxTotalBytes = long.MaxValue, Sync = JournalSync.Always };
        var store = new JournalStore(options, Environment.CurrentDirectory, NullLogger.Instance, run);
        store.InitializeAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return store;
    }

    /// <summary>What the recovery has to say, on standard error.</summary>
    private sealed class ErrorPage(Terminal terminal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => new Page(terminal.Error, hasColor: false).Line(formatter(state, exception));
    }
}
