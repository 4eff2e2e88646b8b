using System.Globalization;
using System.Runtime.CompilerServices;

namespace FlightRecorder.CrashApp;

/// <summary>Errors as apps have them.</summary>
internal static class Scenarios
{
    public static void Sync(CrashRecorder crash, string message)
    {
        WriteResult result = crash.CaptureSync(new InvalidOperationException(message));
        Console.WriteLine($"{result.Ok} {result.Errno}");
    }

    // An error for each line that comes in, and what became of it before the next.
    public static void SyncLines(CrashRecorder crash, TextReader lines)
    {
        Console.WriteLine("ready");
        while (lines.ReadLine() is { } line)
        {
            Sync(crash, line);
        }
    }

    // As many threads as an app under load has, with lines of every length.
    public static void Storm(CrashRecorder crash, int count, bool isSync)
        => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var error = new InvalidOperationException(new string('m', i * 7919 % 4000));
            var extra = new Dictionary<string, object?> { ["n"] = i };
            if (!isSync)
            {
                crash.Capture(error, extra);
            }
            else if (!Tell(crash, error, extra).Ok)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lost {i}"));
            }
        });

    // EAGAIN is no loss that goes unseen: on a machine that has no time for it, its caller is told to come again.
    private static WriteResult Tell(CrashRecorder crash, Exception error, Dictionary<string, object?> extra)
    {
        WriteResult result = default;
        for (int turn = 0; turn < 10 && !result.Ok; turn++)
        {
            result = crash.CaptureSync(error, extra);
            if (result is { Ok: false, Errno: not "EAGAIN" })
            {
                break;
            }
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Throw(string message) => throw new InvalidOperationException(message.Replace("\\n", "\n").Replace("\\e", "\e"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Throw(Exception error) => throw error;

    public static long Overflow(long depth) => depth == 0 ? 0 : Overflow(depth + 1) + depth;

    public static void OnThread(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        thread.Join();
    }

    // Until the collector has found it, or a minute has gone.
    public static void Forget(Action action)
    {
        using var seen = new ManualResetEventSlim();
        TaskScheduler.UnobservedTaskException += (_, _) => seen.Set();
        Start(action);
        for (int turn = 0; turn < 600 && !seen.IsSet; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            seen.Wait(100);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start(Action action)
    {
        Task task = Task.Run(action);
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
    }
}
