namespace FlightRecorder.Tests.Core.Stores;

/// <summary>A store that keeps what it gets, and stalls or fails on demand.</summary>
internal sealed class FakeStore : IRecordingStore
{
    private readonly ManualResetEventSlim _open = new(true);

    public List<long> Sequences { get; } = [];

    public List<int> Batches { get; } = [];

    public ManualResetEventSlim Entered { get; } = new();

    public Func<int, Exception?> Failure { get; set; } = _ => null;

    public bool Disposed { get; private set; }

    public void Stall() => _open.Reset();

    public void Resume() => _open.Set();

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        Entered.Set();
        _open.Wait(CancellationToken.None);
        Batches.Add(batch.Count);
        if (Failure(Batches.Count) is { } failure)
        {
            throw failure;
        }

        Sequences.AddRange(batch.Select(line => line.Sequence));
        return default;
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return default;
    }
}
