using System.Diagnostics;
using FlightRecorder.PostgreSql;
using Npgsql;

namespace FlightRecorder.Benchmarks.Postgres;

/// <summary>The floor: rows that were encoded beforehand, in one transaction, by one binary COPY into each table, with nothing else said.</summary>
internal sealed class RawCopy(NpgsqlDataSource source, SchemaName schema)
{
    private const int WarmUps = 8;

    private readonly List<(string Copy, byte[] Bytes)> _tables = [];

    /// <summary>Encodes the rows, several times, and returns how many microseconds one line took at the last.</summary>
    public async Task<double> EncodeAsync(IReadOnlyCollection<byte[]> lines)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            Encoded(lines);
        }

        long started = Stopwatch.GetTimestamp();
        OutgoingBatch batch = Encoded(lines);
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        await AddAsync(SessionRow.Copy, batch.Sessions, batch.Recordings.Select(recording => recording.Session)).ConfigureAwait(false);
        await AddAsync(MutationRow.Copy, batch.Mutations, batch.Recordings.Select(recording => recording.Mutations)).ConfigureAwait(false);
        await AddAsync(ErrorRow.Copy, batch.Errors, batch.Recordings.Select(recording => recording.Errors)).ConfigureAwait(false);
        return took.TotalMicroseconds / lines.Count;
    }

    public async Task RunAsync()
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync().ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        foreach ((string copy, byte[] bytes) in _tables)
        {
            await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(copy).ConfigureAwait(false);
            await stream.WriteAsync(bytes).ConfigureAwait(false);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
    }

    private static OutgoingBatch Encoded(IReadOnlyCollection<byte[]> lines)
    {
        var batch = new OutgoingBatch(1024 * 1024);
        foreach (byte[] line in lines)
        {
            if (batch.TryAdd(line) is { } fault)
            {
                throw new InvalidOperationException(fault);
            }
        }

        return batch;
    }

    private async Task AddAsync(Sql copy, RowBuffer rows, IEnumerable<RowSlice> slices)
    {
        using var bytes = new MemoryStream();
        await new RowSlices(rows, [.. slices]).WriteToAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        _tables.Add((schema.Apply(copy), bytes.ToArray()));
    }
}
