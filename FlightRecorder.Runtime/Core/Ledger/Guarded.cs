namespace FlightRecorder;

/// <summary>
/// Runs an adapter's own work beside the app's: what goes wrong is told to the recorder and leaves a gap, and never reaches the app.
/// </summary>
internal static class Guarded
{
    /// <param name="recording">The recording it is done for.</param>
    /// <param name="site">Where, such as <c>efcore.saving</c>.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work.</param>
    public static void Run<TState>(AmbientRecording recording, string site, TState state, Action<AmbientRecording, TState> work)
    {
        long t0 = System.Diagnostics.Stopwatch.GetTimestamp(); long b0 = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            work(recording, state);
        }
        catch (Exception error)
        {
            Failed(recording, site, error);
        }
        finally { Prof.Add(site, System.Diagnostics.Stopwatch.GetTimestamp() - t0, GC.GetAllocatedBytesForCurrentThread() - b0); }
    }

    /// <summary>The work failed.</summary>
    public static void Failed(AmbientRecording recording, string site, Exception error)
    {
        recording.Active.Recorder.Guard.Report(site, error);
        recording.Append(new GapEntry(site, "the recorder failed: " + error.GetType().Name));
    }
}

internal static class Prof
{
    public static readonly System.Collections.Generic.Dictionary<string, (List<long> T, long B)> All = new();
    public static void Add(string site, long t, long b)
    {
        if (!All.TryGetValue(site, out var v)) { v = (new List<long>(), 0); }
        v.T.Add(t); v.B += b; All[site] = v;
    }
    public static void Dump()
    {
        foreach (var p in All) { p.Value.T.Sort(); Console.WriteLine($"   PROF {p.Key}: n={p.Value.T.Count} median={p.Value.T[p.Value.T.Count / 2] / 1000.0:F1}us bytes={p.Value.B / p.Value.T.Count}"); }
        All.Clear();
    }
}
