namespace FlightRecorder;

/// <summary>The recorders that were started and not stopped, the newest last: one for each host of the process.</summary>
internal static class RunningRecorders
{
    private static readonly Lock Gate = new();
    private static Recorder[] s_all = [];

    /// <summary>As they are now; never changed.</summary>
    public static Recorder[] All => Volatile.Read(ref s_all);

    public static void Add(Recorder recorder)
    {
        lock (Gate)
        {
            Volatile.Write(ref s_all, [.. s_all.Where(other => other != recorder), recorder]);
        }
    }

    public static void Remove(Recorder recorder)
    {
        lock (Gate)
        {
            Volatile.Write(ref s_all, [.. s_all.Where(other => other != recorder)]);
        }
    }
}
