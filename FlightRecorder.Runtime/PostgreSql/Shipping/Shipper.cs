using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// Carries a journal directory to PostgreSQL: one at a time for each directory, whichever process gets its lock; segments of
/// runs that are dead, too. It waits for the server as long as it takes, the journal meanwhile holding what comes.
/// </summary>
internal sealed class Shipper : IAsyncDisposable
{
    /// <summary>Position, lock and dead letters lie in this directory beside the segments.</summary>
    public const string FolderName = "postgresql";

    private const string LockName = "lock";
    private const int LeastBatchBytes = 64 * 1024;

    // What waits is sent in batches that double, so that the server has work early and the next ones are made ready meanwhile.
    private const int FirstBatchBytes = 1024 * 1024;

    private readonly string _directory;
    private readonly PostgresConnections _connections;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SchemaName _schema;
    private readonly SchemaInstaller _installer;
    private readonly DayPartitions _days;
    private readonly StoreUpkeep _upkeep;
    private readonly BatchSender _sender;
    private readonly IDeadLetters _deadLetters;
    private readonly ReadAhead _ahead;
    private readonly SegmentWatch _watch;

    private OutgoingBatch _batch;
    private FileStream? _lock;
    private JournalTail? _tail;
    private (string Segment, SegmentChunk Chunk)? _pending;
    private (string Segment, SegmentPosition End)? _sent;
    private int _batchBytes;

    public Shipper(string directory, PostgresConnections connections, ILogger logger, ShipState? state = null, TimeProvider? time = null)
    {
        _directory = directory;
        _connections = connections;
        _logger = logger;
        _time = time ?? TimeProvider.System;
        _schema = SchemaName.Of(connections.Options.SchemaName);
        _installer = new SchemaInstaller(connections, _schema);
        _days = new DayPartitions(connections, _schema);
        _upkeep = new StoreUpkeep(_days, connections.Options, logger, _time);
        State = state ?? new ShipState(_time);
        Retry = new RetrySchedule(_time, Random.Shared.NextDouble);
        _deadLetters = DeadLetterFile.Of(directory, _time, logger);
        _sender = new BatchSender(connections, _schema, _days, _deadLetters, State.Counters) { Time = _time };
        _batch = new OutgoingBatch(connections.Options.MaxTextBytes);
        _ahead = new ReadAhead(directory, connections.Options.MaxTextBytes);
        _batchBytes = FirstBytes;
        _watch = new SegmentWatch(directory);
    }

    public ShipState State { get; }

    public RetrySchedule Retry { get; }

    /// <summary>Whether this process is the one that sends from the directory.</summary>
    public bool IsTheSender => _lock is not null;

    private int FirstBytes => Math.Min(FirstBatchBytes, _connections.Options.MaxBatchBytes);

    private int NextBytes => Math.Min(_batchBytes * 2, _connections.Options.MaxBatchBytes);

    private string Folder => Path.Combine(_directory, FolderName);

    /// <summary>Sends what comes until it is stopped. Failures are waited out.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await TryShipAsync(stopping).ConfigureAwait(false);
            TimeSpan wait = Retry.Failures > 0 ? Retry.Left : _connections.Options.ShipInterval;
            await Task.Delay(wait, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends all that waits; false when that failed, which is noted and never thrown.</summary>
    public async Task<bool> TryShipAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ShipAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            Failed(error);
            return false;
        }
    }

    /// <summary>Sends all that waits. Nothing happens while another process sends from the directory.</summary>
    public async Task ShipAsync(CancellationToken cancellationToken)
    {
        if (!TryLock())
        {
            return;
        }

        _watch.Look();
        _tail ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        CountLost(_tail);
        await _upkeep.RunDueAsync(cancellationToken).ConfigureAwait(false);
        while ((await TakeAheadAsync().ConfigureAwait(false) ?? Fill()) is { } pending)
        {
            if (_batch.Bytes >= _batchBytes / 2)
            {
                // There may be more: what comes in small amounts is read when it is there.
                _ahead.Start(pending.Segment, pending.Chunk.End, NextBytes);
            }

            await _sender.SendAsync(_batch, cancellationToken).ConfigureAwait(false);
            Done(pending.Segment, pending.Chunk);
        }

        _batchBytes = Math.Min(_batchBytes, FirstBytes);
        CountLost(_tail);
        Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        _lock?.Dispose();
        return default;
    }

    private async ValueTask<(string Segment, SegmentChunk Chunk)?> TakeAheadAsync()
    {
        if (_pending is not null || _sent is not { } sent || await _ahead.TakeAsync(sent.Segment, sent.End, _batch).ConfigureAwait(false) is not { } ready)
        {
            return null;
        }

        _batch = ready.Batch;
        State.WaitingBytes = Math.Max(0, State.WaitingBytes - (ready.Chunk.End.Offset - sent.End.Offset));
        foreach ((ReadOnlyMemory<byte> line, string reason) in ready.Faults)
        {
            _deadLetters.Add(line.Span, reason);
            State.Counters.CountDead();
        }

        _pending = (ready.Segment, ready.Chunk);
        return _pending;
    }

    // A batch that failed is sent again as it is: what of it is a dead letter stays one.
    private (string Segment, SegmentChunk Chunk)? Fill()
    {
        if (_pending is not null)
        {
            return _pending;
        }

        _batch.Clear();
        _pending = _tail!.Next(_batchBytes, out long waiting);
        State.WaitingBytes = _pending is null ? 0 : waiting;
        try
        {
            foreach (ReadOnlyMemory<byte> line in _pending?.Chunk.Lines ?? [])
            {
                if (_batch.TryAdd(line) is { } fault)
                {
                    _deadLetters.Add(line.Span, fault);
                    State.Counters.CountDead();
                }
            }
        }
        catch
        {
            // Half a batch must not pass for the whole: it is made again from the journal.
            _pending = null;
            throw;
        }

        return _pending;
    }

    private void Done(string segment, SegmentChunk chunk)
    {
        _tail!.Done(segment, chunk);
        _sent = (segment, chunk.End);
        _pending = null;
        State.Counters.CountSkipped(chunk.Skipped);
        _batchBytes = NextBytes;
        Succeeded();
    }

    private void CountLost(JournalTail tail)
    {
        (int segments, long bytes) = tail.TakeLost();
        if (segments > 0)
        {
            State.Counters.CountLost(segments);
            PostgresLog.SegmentsLost(_logger, segments, bytes);
        }
    }

    private async Task<JournalTail> OpenAsync(CancellationToken cancellationToken)
    {
        Guid store = await _installer.EnsureAsync(_connections.Options.Schema, cancellationToken).ConfigureAwait(false);
        return new JournalTail(_watch, new PositionFile(Path.Combine(Folder, PositionFile.Name)), store);
    }

    private bool TryLock()
    {
        if (_lock is not null)
        {
            return true;
        }

        if (!Directory.Exists(_directory))
        {
            return false;
        }

        JournalFiles.Instance.CreateDirectory(Folder);
        try
        {
            _lock = PrivateFiles.Lock(Path.Combine(Folder, LockName));
            return true;
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return false;
        }
    }

    private void Succeeded()
    {
        Retry.Succeeded();
        if (State.Succeeded())
        {
            PostgresLog.Recovered(_logger, _connections.Place);
        }
    }

    private void Failed(Exception error)
    {
        if (error is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } || error.InnerException is TimeoutException)
        {
            // Too much for the time it may take.
            _batchBytes = Math.Max(LeastBatchBytes, _batchBytes / 2);
            _pending = null;
        }

        if (error is SchemaRefusedException || (error is PostgresException refused && Rejection.IsOfSetUp(refused)))
        {
            // The tables may have gone, or be others when they come back.
            _tail = null;
            _sent = null;
            _pending = null;
            _days.Forget();
        }

        Retry.Failed();
        if (State.Failed(Rejection.Describe(error)))
        {
            PostgresLog.Failed(_logger, _connections.Place, State.Trouble!);
        }
    }
}
