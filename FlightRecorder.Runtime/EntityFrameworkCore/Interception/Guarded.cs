namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// Runs the recorder's own work inside a callback of EF Core: what goes wrong is told to the recorder and leaves a gap, and never
/// reaches the app.
/// </summary>
internal static class Guarded
{
    public static void Run<TState>(AmbientRecording recording, string site, TState state, Action<AmbientRecording, TState> work)
    {
        try
        {
            work(recording, state);
        }
        catch (Exception error)
        {
            recording.Active.Recorder.Guard.Report("efcore." + site, error);
            recording.Append(new GapEntry("efcore." + site, "the recorder failed: " + error.GetType().Name));
        }
    }
}
