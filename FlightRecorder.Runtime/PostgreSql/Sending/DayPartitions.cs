using NpgsqlTypes;

namespace FlightRecorder.PostgreSql;

/// <summary>The partitions of days: each is asked for once, and again when the server misses one.</summary>
internal sealed class DayPartitions(PostgresConnections connections, SchemaName schema)
{
    private static readonly Sql s_add = new("SELECT {schema}.flight_recorder_add_day($1)");

    private static readonly Sql s_drop = new("SELECT {schema}.flight_recorder_drop_days($1)");

    private readonly HashSet<DateOnly> _known = [];

    public async Task EnsureAsync(IEnumerable<DateOnly> days, CancellationToken cancellationToken)
    {
        foreach (DateOnly day in days)
        {
            if (!_known.Contains(day))
            {
                await using BoundedTransaction work = await BoundedTransaction.BeginAsync(connections, schema, cancellationToken).ConfigureAwait(false);
                await work.ScalarAsync(s_add, cancellationToken, BoundedTransaction.Value(day, NpgsqlDbType.Date)).ConfigureAwait(false);
                await work.CommitAsync(cancellationToken).ConfigureAwait(false);
                _known.Add(day);
            }
        }
    }

    /// <summary>Drops the days that are past their age by the server's clock, and returns how many tables went.</summary>
    public async Task<int> DropAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        await using BoundedTransaction work = await BoundedTransaction.BeginAsync(connections, schema, cancellationToken).ConfigureAwait(false);
        object? dropped = await work.ScalarAsync(s_drop, cancellationToken, BoundedTransaction.Value(maxAge, NpgsqlDbType.Interval)).ConfigureAwait(false);
        await work.CommitAsync(cancellationToken).ConfigureAwait(false);
        return dropped is int tables ? tables : 0;
    }

    public void Forget() => _known.Clear();
}
