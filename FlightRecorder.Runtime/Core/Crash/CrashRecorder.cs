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
        CrashRecord record = Untold(CrashKind.Uncaught, error);
        WriteResult result = WriteNow(record);
        afterLine(error);
        if (ExitOnUncaught)
        {
            Fatal.Exit(record, _log.Name, result);
        }
    }

    /// <summary>The line of a task's exception; ends the process when the options say so.</summary>
    internal void Unobserved(AggregateException error)
    {
        // The wrapper is the runtime's: what the task threw is inside.
        Exception thrown = error is { InnerExceptions: [var only] } ? only : error;
        if (ExitOnUnobserved)
        {
            CrashRecord record = Untold(CrashKind.Unobserved, thrown);
            Fatal.Exit(record, _log.Name, WriteNow(record));
        }
        else
        {
            AddQuietly(thrown);
        }
    }

    // On the collector's thread, where an exception would end the process.
    private void AddQuietly(Exception thrown)
    {
        try
        {
            _queue.Add(Untold(CrashKind.Unobserved, thrown));
        }
        catch (OutOfMemoryException)
        {
            // Nothing is left to tell it with.
        }
    }

    private WriteResult WriteNow(in CrashRecord record)
    {
        _queue.Flush(_queue.MaxStall);
        return _log.Write(record);
    }

    private static CrashRecord Untold(CrashKind kind, object error)
        => EchoesInTheAir.HideByAll(new CrashRecord(DateTimeOffset.UtcNow, kind, error, null, []));

    private static CrashRecord Manual(object? error, Dictionary<string, object?>? extra)
        => EchoesInTheAir.HideByCaller(new CrashRecord(DateTimeOffset.UtcNow, CrashKind.Manual, error, CallerStack.For(error), FrozenValue.Members(extra)));
}
