namespace FlightRecorder;

/// <summary>A look at a recording in the air.</summary>
internal sealed partial class ActiveRecording
{
    /// <summary>A closed copy of what is known so far, while the recording goes on.</summary>
    /// <param name="mustBeAnnounced">False for its own flow, where the facts of the beginning stand.</param>
    /// <param name="copy">Null when it is not open.</param>
    /// <returns>False when it could not be looked at in time.</returns>
    public bool TryPeek(bool mustBeAnnounced, out ActiveRecording? copy)
    {
        copy = null;
        if (_generation % 2 == 0 || (mustBeAnnounced && !Volatile.Read(ref _isAnnounced)))
        {
            return true;
        }

        if (!_gate.TryEnter(TimeSpan.FromMilliseconds(10)))
        {
            return false;
        }

        try
        {
            copy = _generation % 2 == 0 || _isTaken ? null : Copy();
            return true;
        }
        finally
        {
            _gate.Exit();
        }
    }
}
