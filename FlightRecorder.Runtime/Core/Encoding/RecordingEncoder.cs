namespace FlightRecorder;

/// <summary>Turns a closed recording into its redacted journal line.</summary>
internal sealed class RecordingEncoder(FlightRecorderOptions options, RunInfo run)
{
    public EncodedRecording Encode(ActiveRecording recording, long sequence)
    {
        byte[] line = System.Text.Encoding.UTF8.GetBytes($"{{\"v\":1,\"run\":\"{run.Id}\",\"seq\":{sequence},\"max\":{options.MaxRecordBytes}}}\n");
        return new EncodedRecording { Id = recording.Id, Sequence = sequence, Line = line };
    }
}
