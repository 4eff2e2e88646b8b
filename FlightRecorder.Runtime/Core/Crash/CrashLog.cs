namespace FlightRecorder;

/// <summary>Writes lines, one thread at a time, and says once on standard error that it cannot. Never throws.</summary>
internal sealed class CrashLog(CrashContext context, ICrashFile file, string? name)
{
    // A disk that hangs must not hold those up who only want to tell an error.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private CrashEncoder? _spare;
    private volatile bool _hasWarned;
    private volatile bool _isWarning;
    private bool _hasWarnedOfRotation;

    public string? Name => name;

    public int Probe()
    {
        lock (_gate)
        {
            int errno = file.Probe();
            Warn(errno);
            return errno;
        }
    }

    public WriteResult Write(in CrashRecord record)
    {
        try
        {
            // Outside of the lock: the message of an exception is code of the app.
            CrashEncoder encoder = Interlocked.Exchange(ref _spare, null) ?? new CrashEncoder(context);
            WriteResult result = Write(encoder.Encode(record));
            _spare = encoder;
            return result;
        }
        catch (Exception)
        {
            return new WriteResult(false, null);
        }
    }

    private WriteResult Write(ReadOnlySpan<byte> line)
    {
        if (!_gate.TryEnter(MaxWait))
        {
            // Unless standard error is what hangs.
            if (!_isWarning)
            {
                Warn(Errno.TryAgain);
            }

            return new WriteResult(false, Errno.Name(Errno.TryAgain));
        }

        try
        {
            int errno = file.Append(line);
            Warn(errno);
            WarnOfRotation(file.RotationFailure);
            return new WriteResult(errno == Errno.None, Errno.Name(errno));
        }
        finally
        {
            _gate.Exit();
        }
    }

    // Once, until a line was written again.
    private void Warn(int errno)
    {
        if (errno != Errno.None && !_hasWarned && name is not null)
        {
            _isWarning = true;
            StandardError.WriteLine($"flightrecorder: write to {name} failed{Reason(errno)}");
            _isWarning = false;
        }

        _hasWarned = errno != Errno.None;
    }

    private void WarnOfRotation(int errno)
    {
        if (errno != Errno.None && !_hasWarnedOfRotation)
        {
            StandardError.WriteLine($"flightrecorder: moving {name} to {name}.1 failed{Reason(errno)}; it may grow to twice its limit");
        }

        _hasWarnedOfRotation = errno != Errno.None;
    }

    private static string Reason(int errno) => Errno.Name(errno) is { } word ? $" ({word}): {Errno.Words(errno)}" : $": {Errno.Words(errno)}";
}
