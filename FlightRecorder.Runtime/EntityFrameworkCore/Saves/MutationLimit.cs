namespace FlightRecorder.EntityFrameworkCore;

/// <summary>How many mutations the recording may still take.</summary>
internal static class MutationLimit
{
    public static int Left(AmbientRecording recording, RecordingSettings settings)
    {
        int count = 0;
        recording.Update(recording.Active, active => count = active.Mutations.Length);
        return Math.Max(0, settings.MaxMutations - count);
    }
}
