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
        try
        {
            work(recording, state);
        }
        catch (Exception error)
        {
            Failed(recording, site, error);
        }
    }

    /// <summary>The work failed.</summary>
    public static void Failed(AmbientRecording recording, string site, Exception error)
    {
        recording.Active.Recorder.Guard.Report(site, error);
        recording.Append(new GapEntry(site, "the recorder failed: " + error.GetType().Name));
    }
}
