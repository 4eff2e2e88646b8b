namespace FlightRecorder;

/// <summary>The batches that wait, oldest first, the last of them being filled; and a few empty ones to use again. Guarded by the queue's lock.</summary>
internal sealed class LineBatches
{
    // While a sync holds the writer up, megabytes gather, again and again; when it is idle they are not needed.
    private const int MaxFree = 32;
    private const int MaxFreeIdle = 2;

    private readonly Stack<LineBatch> _free = new();
    private List<LineBatch> _waiting = [];

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The batch being filled, or null; may be asked without the lock, and is then a guess.</summary>
    public LineBatch? Filling { get; private set; }

    public void Add(Guid id, long sequence, ReadOnlySpan<byte> line, int slot = -1)
    {
        if (Filling?.TryAdd(id, sequence, line, slot) == true)
        {
            return;
        }

        LineBatch batch = line.Length <= RecordingQueue.MaxBatchBytes
            ? _free.TryPop(out LineBatch? free) ? free : new LineBatch(RecordingQueue.MaxBatchBytes)
            : new LineBatch(line.Length);
        batch.TryAdd(id, sequence, line, slot);
        _waiting.Add(batch);
        Filling = batch;
    }

    /// <summary>Hands out what waits, in exchange for an empty list.</summary>
    public List<LineBatch> Take(List<LineBatch> empty)
    {
        List<LineBatch> taken = _waiting;
        _waiting = empty;
        Filling = null;
        return taken;
    }

    /// <summary>Nothing waits: gives up all but a few of the empty ones.</summary>
    public void Trim()
    {
        while (_free.Count > MaxFreeIdle)
        {
            _free.Pop();
        }
    }

    public void Return(LineBatch batch)
    {
        batch.Clear();
        if (batch.Capacity == RecordingQueue.MaxBatchBytes && _free.Count < MaxFree)
        {
            _free.Push(batch);
        }
    }
}
