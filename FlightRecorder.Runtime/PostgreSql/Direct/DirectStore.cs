using Microsoft.Extensions.Logging;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// PostgreSQL without a journal. The writer of the queue waits here while the server is away, so what comes meanwhile waits in the
/// queue, bounded in bytes, and what does not fit is counted as dropped there.
/// </summary>
internal sealed class DirectStore : IRecordingStore, IPickyStore, IRemoteStore, IDeadLetters
{
    private readonly PostgresConnections _connections;
    private readonly ILogger _logger;
    private readonly ShipState _state;
    private readonly TimeProvider _time;
    private readonly SchemaInstaller _installer;
    private readonly DayPartitions _days;
    private readonly StoreUpkeep _upkeep;
    private readonly BatchSender _sender;
    private readonly RetrySchedule _retry;
    private readonly OutgoingBatch _batch;
    private readonly HashSet<Guid> _leftOut = [];
    private bool _isReady;
    private bool _hasLost;

    public DirectStore(PostgresConnections connections, ILogger logger, ShipState state, TimeProvider? time = null)
    {
        _connections = connections;
        _logger = logger;
        _state = state;
        _time = time ?? TimeProvider.System;
        SchemaName schema = SchemaName.Of(connections.Options.SchemaName);
        _installer = new SchemaInstaller(connections, schema);
        _days = new DayPartitions(connections, schema);
        _upkeep = new StoreUpkeep(_days, connections.Options, logger, _time);
        _sender = new BatchSender(connections, schema, _days, this, state.Counters) { Time = _time };
        _retry = new RetrySchedule(_time, Random.Shared.NextDouble);
        _batch = new OutgoingBatch(connections.Options.MaxTextBytes);
    }

    public ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        PostgresLog.Started(_logger, _connections.Place, _connections.Options.SchemaName);
        return default;
    }

    /// <summary>What the server refused, and what is too old for it.</summary>
    public IReadOnlySet<Guid> LeftOut => _leftOut;

    public (string Name, string Place) Describe() => ("PostgreSQL", _connections.PlaceAndSchema);

    /// <summary>Ends when the batch is stored, or when it is given up at the stop.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        _leftOut.Clear();
        _batch.Clear();
        foreach (EncodedRecording recording in batch)
        {
            ReadOnlyMemory<byte> line = recording.Line[..^1];
            if (_batch.TryAdd(line) is { } fault)
            {
                Add(line.Span, fault);
                _state.Counters.CountDead();
                _leftOut.Add(recording.Id);
            }
        }

        while (!await TrySendAsync(cancellationToken).ConfigureAwait(false))
        {
            await Task.Delay(_retry.Left, _time, cancellationToken).ConfigureAwait(false);
        }

        _leftOut.UnionWith(_batch.Recordings.Where(recording => recording.IsDead).Select(recording => recording.Id));
    }

    public void Add(ReadOnlySpan<byte> line, string reason)
    {
        if (!_hasLost)
        {
            _hasLost = true;
            PostgresLog.Lost(_logger, reason);
        }
    }

    public ValueTask DisposeAsync() => default;

    private async Task<bool> TrySendAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isReady)
            {
                await _installer.EnsureAsync(_connections.Options.Schema, cancellationToken).ConfigureAwait(false);
                _isReady = true;
            }

            await _upkeep.RunDueAsync(cancellationToken).ConfigureAwait(false);
            await _sender.SendAsync(_batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failed(error);
            return false;
        }

        _retry.Succeeded();
        if (_state.Succeeded())
        {
            PostgresLog.Recovered(_logger, _connections.Place);
        }

        return true;
    }

    private void Failed(Exception error)
    {
        // The tables may be others when the server is back.
        _isReady = false;
        _days.Forget();
        _retry.Failed();
        if (_state.Failed(Rejection.Describe(error)))
        {
            PostgresLog.Failed(_logger, _connections.Place, _state.Trouble!);
        }
    }
}
