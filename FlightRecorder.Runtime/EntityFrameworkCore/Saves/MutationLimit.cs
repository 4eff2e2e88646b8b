namespace FlightRecorder.EntityFrameworkCore;

/// <summary>How many mutations the recording may still take.</summary>
internal static class MutationLimit
{
    public static int Left(AmbientRecording recording, RecordingSettings settings)
    {
        // Only told under the lock; a number that is read a moment late is no harm.
        return Math.Max(0, settings.MaxMutations - recording.Active.Mutations.Length);
    }
}
