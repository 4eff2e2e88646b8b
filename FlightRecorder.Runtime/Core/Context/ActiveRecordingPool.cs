namespace FlightRecorder;

/// <summary>Recordings to use again, last in first out, so that the next request finds hot buffers. Keeps at most 256.</summary>
internal sealed class ActiveRecordingPool(Recorder recorder)
{
    // The one returned last, without the lock: what a core that serves one request after another needs.
    private ActiveRecording? _last;

    private readonly ActiveRecording[] _items = new ActiveRecording[256];
    private readonly Lock _gate = new();
    private readonly RecordingRegistry _registry = new();
    private int _count;

    public ActiveRecording Rent()
    {
        if (Interlocked.Exchange(ref _last, null) is { } last)
        {
            return last;
        }

        lock (_gate)
        {
            if (_count > 0)
            {
                return _items[--_count];
            }
        }

        var made = new ActiveRecording(recorder);
        _registry.Add(made);
        return made;
    }

    /// <summary>All that were made and are still used by somebody, open or not.</summary>
    public List<ActiveRecording> Made() => _registry.All();

    public void Return(ActiveRecording recording)
    {
        recording.Clear();
        if (Interlocked.CompareExchange(ref _last, recording, null) is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_count < _items.Length)
            {
                _items[_count++] = recording;
            }
        }
    }
}
