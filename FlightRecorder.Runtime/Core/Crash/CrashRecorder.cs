using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// What <see cref="Flight.Install"/> gives back: takes errors that the app has caught. Uncaught exceptions and those of tasks that
/// nobody observed come by themselves. Nothing of it throws.
/// </summary>
public sealed class CrashRecorder
{
    private readonly CrashLog _log;
    private readonly CaptureQueue _queue;

    internal CrashRecorder(CrashLog log)
    {
        _log = log;
        _queue = new CaptureQueue(log);
    }

    internal bool ExitOnUncaught { get; init; } = true;

    internal bool ExitOnUnobserved { get; init; }

    /// <summary>
    /// Tells an error and returns at once; its line is written soon after, at the latest when the process ends in order. A kill
    /// within these milliseconds loses it. At most 10 000 wait, what is more is counted on standard error.
    /// </summary>
    /// <param name="error">An exception, or any other value: that is told as text or JSON, with the stack of here.</param>
    /// <param name="extra">Members of this line, which win over those of <see cref="CrashOptions.Context"/>; taken at once.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Capture(object? error, Dictionary<string, object?>? extra = null)
    {
        try
        {
            _queue.Add(Manual(error, extra));
        }
        catch (Exception)
        {
            // Out of memory, say: who tells an error must not get another one.
        }
    }

    /// <summary>The same, with its line written before it returns: for a process that ends right after.</summary>
    /// <param name="error">As for <see cref="Capture"/>.</param>
    /// <param name="extra">As for <see cref="Capture"/>.</param>
    /// <returns>Whether the line was handed to the operating system, and the errno otherwise.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WriteResult CaptureSync(object? error, Dictionary<string, object?>? extra = null)
    {
        try
        {
            return _log.Write(Manual(error, extra));
        }
        catch (Exception)
        {
            return new WriteResult(false, null);
        }
    }

    /// <summary>The line of an uncaught exception; ends the process when the options say so.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="afterLine">Called when the line is written, before the process ends.</param>
    internal void Uncaught(object error, Action<object> afterLine)
    {
        WriteResult result = WriteNow(CrashKind.Uncaught, error);
        afterLine(error);
        if (ExitOnUncaught)
        {
            Fatal.Exit(CrashKind.Uncaught, error, _log.Name, result);
        }
    }

    /// <summary>The line of a task's exception; ends the process when the options say so.</summary>
    internal void Unobserved(AggregateException error)
    {
        // The wrapper is the runtime's: what the task threw is inside.
        Exception thrown = error is { InnerExceptions: [var only] } ? only : error;
        if (ExitOnUnobserved)
        {
            Fatal.Exit(CrashKind.Unobserved, thrown, _log.Name, WriteNow(CrashKind.Unobserved, thrown));
        }
        else
        {
            AddQuietly(new CrashRecord(DateTimeOffset.UtcNow, CrashKind.Unobserved, thrown, null, []));
        }
    }

    // On the collector's thread, where an exception would end the process.
    private void AddQuietly(in CrashRecord record)
    {
        try
        {
            _queue.Add(record);
        }
        catch (OutOfMemoryException)
        {
            // Nothing is left to tell it with.
        }
    }

    private WriteResult WriteNow(CrashKind kind, object error)
    {
        DateTimeOffset time = DateTimeOffset.UtcNow;
        _queue.Flush();
        return _log.Write(new CrashRecord(time, kind, error, null, []));
    }

    private static CrashRecord Manual(object? error, Dictionary<string, object?>? extra)
        => new(DateTimeOffset.UtcNow, CrashKind.Manual, error, CallerStack.For(error), FrozenValue.Members(extra));
}
