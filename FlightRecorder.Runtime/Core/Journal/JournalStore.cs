using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>
/// The journal as a store: append-only JSONL segments in a local directory, one series per run. A failed write costs its
/// batch, never the host: the segment is put aside, a new one is tried at once and then ever less often until it works.
/// </summary>
internal sealed class JournalStore : IRecordingStore, ILineStore, IPeriodicStore
{
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(20);

    private readonly JournalOptions _options;
    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly IJournalFiles _files;
    private readonly TimeProvider _time;
    private readonly SegmentSeries _series;

    // Touched by the one writer only.
    private Segment? _segment;
    private long _lastSync;
    private long _lookedAt;
    private int _failures;
    private long _failedAt;

    public JournalStore(JournalOptions options, string contentRoot, ILogger logger, RunInfo? run = null, IJournalFiles? files = null, TimeProvider? time = null)
    {
        _options = options;
        _directory = DirectoryOf(options, contentRoot);
        _logger = logger;
        _files = files ?? JournalFiles.Instance;
        _time = time ?? TimeProvider.System;
        _series = new SegmentSeries(_directory, options, run ?? new RunInfo(), _files, logger);
    }

    /// <summary>The directory of the options, absolute.</summary>
    public static string DirectoryOf(JournalOptions options, string contentRoot) => Path.GetFullPath(options.Directory, contentRoot);

    /// <summary>Opens the first segment: the only proof that the directory can be written.</summary>
    /// <exception cref="FlightRecorderConfigurationException">It cannot, and the boot check is on.</exception>
    public ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            Open();
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            if (_options.BootCheck)
            {
                throw BootFailure(error);
            }

            Failed(error);
        }

        return default;
    }

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        byte[] lines = new byte[batch.Sum(recording => recording.Line.Length)];
        int length = 0;
        foreach (EncodedRecording recording in batch)
        {
            recording.Line.CopyTo(lines.AsMemory(length));
            length += recording.Line.Length;
        }

        return WriteAsync(lines, cancellationToken);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        try
        {
            Append(Writable(lines.Length), lines.Span);
        }
        catch (Exception error) when (error is not StoreUnavailableException && IoFailure.Is(error))
        {
            Failed(error);
            throw new StoreUnavailableException(error);
        }

        if (_failures > 0)
        {
            _failures = 0;
            Log.JournalRecovered(_logger, _directory);
        }

        return default;
    }

    public TimeSpan RunDue()
    {
        if (_segment is not { IsUnsynced: true } segment || _options.Sync != JournalSync.Interval)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = _options.SyncInterval - _time.GetElapsedTime(_lastSync);
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        SyncOrPutAside(segment);
        return Timeout.InfiniteTimeSpan;
    }

    public ValueTask DisposeAsync()
    {
        if (_segment is { } segment)
        {
            CloseSynced(segment);
        }

        return default;
    }

    private Segment Writable(int bytes)
    {
        if (_segment is { } open)
        {
            bool gone = IsGone(open);
            if (!gone && !open.IsFullFor(bytes, _options.MaxSegmentBytes))
            {
                return open;
            }

            if (gone)
            {
                Log.JournalGone(_logger, open.Path);
            }

            CloseSynced(open);
        }

        if (_failures > 0 && _time.GetElapsedTime(_failedAt) < RetryDelay.After(_failures))
        {
            throw StoreUnavailableException.Waiting;
        }

        return Open();
    }

    // A write into a deleted file succeeds. Looking before each would cost as much as the write.
    private bool IsGone(Segment open)
    {
        if (_time.GetElapsedTime(_lookedAt) < s_lookInterval)
        {
            return false;
        }

        _lookedAt = _time.GetTimestamp();
        return !_files.Exists(open.Path);
    }

    private Segment Open()
    {
        Segment segment = _series.OpenNext();
        _segment = segment;
        _lastSync = _time.GetTimestamp();
        _series.Expire(segment, _time.GetUtcNow());
        return segment;
    }

    private void Append(Segment segment, ReadOnlySpan<byte> bytes)
    {
        long good = segment.Length;
        try
        {
            segment.Append(bytes);
            if (_options.Sync == JournalSync.Always)
            {
                segment.Sync();
            }
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            _segment = null;
            _series.PutAside(segment, good, error);
            throw;
        }
    }

    private void CloseSynced(Segment segment)
    {
        if (_options.Sync == JournalSync.Buffered || !segment.IsUnsynced || SyncOrPutAside(segment))
        {
            _segment = null;
            _series.Close(segment);
        }
    }

    // After a failed fsync the kernel may have thrown the pages away: trying again would report success for lost bytes.
    private bool SyncOrPutAside(Segment segment)
    {
        try
        {
            segment.Sync();
            _lastSync = _time.GetTimestamp();
            return true;
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            _segment = null;
            _series.PutAside(segment, segment.Length, error);
            return false;
        }
    }

    private void Failed(Exception error)
    {
        _failedAt = _time.GetTimestamp();
        if (_failures++ == 0)
        {
            Log.JournalDegraded(_logger, _directory, IoFailure.Describe(error));
        }
    }

    private FlightRecorderConfigurationException BootFailure(Exception error) => new(
        $"FlightRecorder:Journal:Directory is \"{_directory}\", which cannot be written ({IoFailure.Describe(error)}). "
        + "Name a directory that this process may create or write, or set FlightRecorder:Journal:BootCheck to false to start without a journal.",
        error);
}
