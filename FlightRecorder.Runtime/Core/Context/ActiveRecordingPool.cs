namespace FlightRecorder;

/// <summary>Recordings to use again, last in first out, so that the next request finds hot buffers. Keeps at most 256.</summary>
internal sealed class ActiveRecordingPool(Recorder recorder)
{
    private readonly ActiveRecording[] _items = new ActiveRecording[256];
    private readonly Lock _gate = new();
    private int _count;

    public ActiveRecording Rent()
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                return _items[--_count];
            }
        }

        return new ActiveRecording(recorder);
    }

    public void Return(ActiveRecording recording)
    {
        recording.Clear();
        lock (_gate)
        {
            if (_count < _items.Length)
            {
                _items[_count++] = recording;
            }
        }
    }
}
