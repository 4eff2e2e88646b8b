namespace FlightRecorder;

/// <summary>
/// Finished requests that nothing asked for yet, as they were captured, oldest first: they stay until their bytes are needed
/// for newer ones, or until a dump takes them. What a dump has taken counts until it was written. They are linked through
/// <see cref="ActiveRecording.NextHeld"/>, so that holding one allocates nothing.
/// </summary>
internal sealed class Ring(long maxBytes)
{
    private readonly Lock _gate = new();
    private ActiveRecording? _oldest;
    private ActiveRecording? _newest;
    private long _heldBytes;
    private long _leavingBytes;
    private int _held;
    private int _leaving;
    private bool _isClosed;

    /// <summary>The bytes of all that is here or is being written.</summary>
    public long Bytes => Volatile.Read(ref _heldBytes) + Volatile.Read(ref _leavingBytes);

    /// <summary>How many are here or are being written.</summary>
    public int Count => Volatile.Read(ref _held) + Volatile.Read(ref _leaving);

    /// <summary>Takes a recording in.</summary>
    /// <returns>Those that had to make room for it, linked, oldest first; it may be among them.</returns>
    public ActiveRecording? Add(ActiveRecording recording)
    {
        recording.HeldBytes = RingWeight.Of(recording);
        lock (_gate)
        {
            if (_isClosed)
            {
                return recording;
            }

            Append(recording);
            return _heldBytes + _leavingBytes > maxBytes ? Evict() : null;
        }
    }

    /// <summary>Hands out all that is held, linked, oldest first; each is to be told to <see cref="Leave"/>.</summary>
    public ActiveRecording? TakeAll(out int count)
    {
        lock (_gate)
        {
            count = _held;
            _leaving += _held;
            _leavingBytes += _heldBytes;
            return Empty();
        }
    }

    /// <summary>One that was taken has been written.</summary>
    public void Leave(long bytes)
    {
        lock (_gate)
        {
            _leaving--;
            _leavingBytes -= bytes;
        }
    }

    /// <summary>Takes nothing in any more, and hands out what is held.</summary>
    public ActiveRecording? Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return Empty();
        }
    }

    private void Append(ActiveRecording recording)
    {
        if (_newest is null)
        {
            _oldest = recording;
        }
        else
        {
            _newest.NextHeld = recording;
        }

        _newest = recording;
        _held++;
        _heldBytes += recording.HeldBytes;
    }

    private ActiveRecording? Evict()
    {
        ActiveRecording? first = _oldest;
        ActiveRecording? last = null;
        while (_oldest is { } oldest && _heldBytes + _leavingBytes > maxBytes)
        {
            last = oldest;
            _oldest = oldest.NextHeld;
            _held--;
            _heldBytes -= oldest.HeldBytes;
        }

        if (_oldest is null)
        {
            _newest = null;
        }

        // What stays is no business of who lets go of these.
        last!.NextHeld = null;
        return first;
    }

    private ActiveRecording? Empty()
    {
        ActiveRecording? first = _oldest;
        _oldest = _newest = null;
        _held = 0;
        _heldBytes = 0;
        return first;
    }
}
