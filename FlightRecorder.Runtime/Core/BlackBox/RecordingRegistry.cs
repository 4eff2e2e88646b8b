namespace FlightRecorder;

/// <summary>
/// The recordings that were made, so that a crash finds those in the air. They are pooled, so that few are ever made; held weakly,
/// since an operation that nobody ends must not stay for ever.
/// </summary>
internal sealed class RecordingRegistry
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference<ActiveRecording>> _made = [];
    private int _pruneAt = 512;

    public void Add(ActiveRecording recording)
    {
        lock (_gate)
        {
            if (_made.Count >= _pruneAt)
            {
                _made.RemoveAll(static reference => !reference.TryGetTarget(out _));
                _pruneAt = Math.Max(512, _made.Count * 2);
            }

            _made.Add(new WeakReference<ActiveRecording>(recording));
        }
    }

    /// <summary>Those that are still there; none when a thread that died holds the lock.</summary>
    public List<ActiveRecording> All()
    {
        var all = new List<ActiveRecording>();
        if (!_gate.TryEnter(TimeSpan.FromMilliseconds(10)))
        {
            return all;
        }

        try
        {
            foreach (WeakReference<ActiveRecording> reference in _made)
            {
                if (reference.TryGetTarget(out ActiveRecording? recording))
                {
                    all.Add(recording);
                }
            }
        }
        finally
        {
            _gate.Exit();
        }

        return all;
    }
}
