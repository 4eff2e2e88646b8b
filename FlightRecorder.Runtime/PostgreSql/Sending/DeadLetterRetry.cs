namespace FlightRecorder.PostgreSql;

/// <summary>
/// Sends dead letters again. What is in the store afterwards leaves the file; what is refused again, or is too old for the store, stays
/// there as it is.
/// </summary>
internal sealed class DeadLetterRetry
{
    private const string Damaged = "the line is damaged";
    private const string NoRow = "it is a note of a run, which has no row";

    private readonly DeadLetterFile _file;
    private readonly PostgresConnections _connections;
    private readonly SchemaInstaller _installer;
    private readonly BatchSender _sender;
    private readonly OutgoingBatch _batch;
    private readonly Refused _refused = new();
    private readonly List<DeadLetter> _sent = [];

    public DeadLetterRetry(DeadLetterFile file, PostgresConnections connections, TimeProvider? time = null)
    {
        SchemaName schema = SchemaName.Of(connections.Options.SchemaName);
        _file = file;
        _connections = connections;
        _installer = new SchemaInstaller(connections, schema);
        _sender = new BatchSender(connections, schema, new DayPartitions(connections, schema), _refused, Counters) { Time = time ?? TimeProvider.System };
        _batch = new OutgoingBatch(connections.Options.MaxTextBytes);
    }

    public SendCounters Counters { get; } = new();

    /// <summary>Why letters were refused, one for each.</summary>
    public IReadOnlyList<string> Refusals => _refused.Reasons;

    public async Task SendAsync(IEnumerable<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await _installer.EnsureAsync(_connections.Options.Schema, cancellationToken).ConfigureAwait(false);
        foreach (DeadLetter letter in letters)
        {
            if (_batch.Bytes > 0 && _batch.Bytes + letter.Line.Length > _connections.Options.MaxBatchBytes)
            {
                await SendBatchAsync(cancellationToken).ConfigureAwait(false);
            }

            Add(letter);
        }

        await SendBatchAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Add(DeadLetter letter)
    {
        int before = _batch.Recordings.Count;
        string? fault = LineTrailer.IsIntact(letter.Line.Span) ? _batch.TryAdd(letter.Line) : Damaged;
        if (_batch.Recordings.Count > before)
        {
            _sent.Add(letter);
        }
        else
        {
            _refused.Add(letter.Line.Span, fault ?? NoRow);
            Counters.CountDead();
        }
    }

    private async Task SendBatchAsync(CancellationToken cancellationToken)
    {
        await _sender.SendAsync(_batch, cancellationToken).ConfigureAwait(false);
        var stored = _sent.Zip(_batch.Recordings).Where(pair => !pair.Second.IsDead).Select(pair => pair.First).ToHashSet();
        if (stored.Count > 0)
        {
            _file.Remove(stored);
        }

        _sent.Clear();
        _batch.Clear();
    }

    private sealed class Refused : IDeadLetters
    {
        public List<string> Reasons { get; } = [];

        public void Add(ReadOnlySpan<byte> line, string reason) => Reasons.Add(reason);
    }
}
