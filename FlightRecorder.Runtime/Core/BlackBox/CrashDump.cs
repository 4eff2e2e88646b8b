using System.Diagnostics;

namespace FlightRecorder;

/// <summary>
/// What a recorder does when an exception that nobody catches ends the process: the requests in the air and what the ring holds go
/// to the store, within <see cref="Limit"/>. Then the process dies as it would have.
/// </summary>
internal sealed class CrashDump(Recorder recorder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Called on the thread that threw, whose stack still stands: the flow it ran in tells which request it belongs to.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="texts">What it says, scrubbed by the recordings of all hosts; null where there is no other host.</param>
    /// <param name="isDying">False where the process lives on: then only the ring is told.</param>
    public void Run(object error, CrashTexts? texts, bool isDying)
    {
        AmbientRecording? cause = AmbientHolder.Current;
        string reason = "uncaught " + error.GetType().FullName;
        if (!isDying)
        {
            recorder.Dump(Triggers.Crash, reason);
            return;
        }

        long started = Stopwatch.GetTimestamp();
        try
        {
            // On a thread of its own: this one may hold a lock that writing needs, and the process must not wait for it.
            var worker = new Thread(() => Write(error, texts, cause, reason, started)) { IsBackground = true };
            worker.UnsafeStart();
            worker.Join(Limit);
        }
        catch (Exception fault)
        {
            recorder.Guard.Note("crash dump", fault);
        }
    }

    private void Write(object error, CrashTexts? texts, AmbientRecording? cause, string reason, long started)
    {
        try
        {
            var line = new CrashLine(recorder, error, texts);
            foreach (ActiveRecording recording in recorder.Made())
            {
                bool isCause = cause is { IsOpen: true } && ReferenceEquals(cause.Value.Active, recording);
                if (recording.Take() is { } copy)
                {
                    line.Add(copy);
                    Keep(copy, isCause ? error as Exception : null, reason);
                }
            }

            line.Write(reason);

            recorder.RingDump?.Write(Triggers.Crash, reason, () => Stopwatch.GetElapsedTime(started) < Limit);
            recorder.Queue.FlushAsync(CancellationToken.None).Wait(Limit);
        }
        catch (Exception fault)
        {
            recorder.Guard.Note("crash dump", fault);
        }
    }

    private void Keep(ActiveRecording copy, Exception? error, string reason)
    {
        if (error is not null)
        {
            copy.NoteFatal(error);
        }

        recorder.Keep(copy, Triggers.Crash, reason);
    }
}
