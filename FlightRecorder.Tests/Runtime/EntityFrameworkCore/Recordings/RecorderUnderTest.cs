namespace FlightRecorder.Tests.EntityFrameworkCore.Recordings;

/// <summary>A recorder that stores nothing and shows each recording at its end.</summary>
internal sealed class RecorderUnderTest
{
    public RecorderUnderTest() => Recorder = new Recorder(new FlightRecorderOptions(), new MemoryStore(1), Log);

    public FaultLog Log { get; } = new();

    public Recorder Recorder { get; }

    /// <summary>Runs the work inside a recording.</summary>
    public async Task<RecordedOperation> RecordAsync(Func<Task> work)
    {
        RecordedOperation? recorded = null;
        ActiveRecording? active = null;
        Recorder.Settling += Take;
        try
        {
            using Operation operation = Operation.Begin(Recorder, "test");
            active = operation.Recording!.Value.Active;
            await work();
        }
        finally
        {
            Recorder.Settling -= Take;
        }

        return recorded!;

        void Take(ActiveRecording ended) => recorded = ReferenceEquals(ended, active) ? new RecordedOperation(ended) : recorded;
    }
}
