namespace FlightRecorder.AdoNet;

/// <summary>Runs the recorder's own work around a call to the provider: what goes wrong is told to the recorder, never to the app.</summary>
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
            recording.Active.Recorder.Guard.Report("adonet." + site, error);
        }
    }
}
