using System.Collections.Concurrent;

namespace FlightRecorder.Testing;

/// <summary>The log lines of a host while a canary flies.</summary>
internal sealed class LogCollector
{
    private const int MaxLines = 100_000;

    private readonly ConcurrentQueue<(string Place, string Text)> _lines = new();
    private int _count;

    /// <summary>How many lines were too many to be kept and searched.</summary>
    public int Lost => Math.Max(0, Volatile.Read(ref _count) - MaxLines);

    public IReadOnlyCollection<(string Place, string Text)> Lines => _lines;

    public void Add(string category, int eventId, string text)
    {
        if (Interlocked.Increment(ref _count) <= MaxLines)
        {
            _lines.Enqueue(($"{category}[{eventId}]", text));
        }
    }
}
