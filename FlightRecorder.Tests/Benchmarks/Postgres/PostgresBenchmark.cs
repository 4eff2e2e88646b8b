using System.Diagnostics;
using System.Globalization;
using System.Text;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlightRecorder.Benchmarks.Postgres;

/// <summary>
/// The store: a journal carried to PostgreSQL by the shipper, from the file to the commit, beside a raw binary COPY of the same rows,
/// encoded beforehand, into the same tables of another schema; and the Express recorder's store, when the folder of its package is
/// named. Rounds alternate over emptied tables; medians of the ratios of each round.
/// </summary>
internal static class PostgresBenchmark
{
    private const int Recordings = 20_000;
    private const int TheirRecordings = 1_000;
    private const int WarmUps = 2;
    private const int Rounds = 9;
    private const int SmallRounds = 3;
    private const double Goal = 0.8;

    public static async Task<int> RunAsync(string? express)
    {
        string directory = Directory.CreateTempSubdirectory("bench-postgres-").FullName;
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync().ConfigureAwait(false);
        try
        {
            return await RunAsync(await cluster.CreateDatabaseAsync().ConfigureAwait(false), directory, express).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(string database, string directory, string? express)
    {
        string[] lines = StoreLines.Make(Recordings);
        byte[] segment = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        await using PostgresConnections connections = PostgresConnections.To(database, new PostgresStoreOptions { SchemaName = "ours" });
        await using var shipper = new Shipper(directory, connections, NullLogger.Instance);
        RawCopy raw = await RawAsync(source, database, lines).ConfigureAwait(false);
        await using ExpressStore? theirs = express is null ? null : await ExpressStore.StartAsync(express, source, directory, lines[..TheirRecordings]).ConfigureAwait(false);
        Console.WriteLine(Text($"{Recordings} recordings of {segment.Length / Recordings} bytes, each with a mutation, every 50th with an error; one server, one sender, {Rounds} rounds"));

        var figures = new Figures();
        var meter = new CpuMeter(source);
        for (int round = -WarmUps; round < Rounds; round++)
        {
            await EmptyAsync(source).ConfigureAwait(false);
            string path = Path.Combine(directory, Text($"20261120T080000-9f3a11c2d4e5f607-{round + WarmUps + 1:D4}.jsonl"));
            await File.WriteAllBytesAsync(path, segment).ConfigureAwait(false);
            Func<Task>[] turns = [() => shipper.ShipAsync(CancellationToken.None), raw.RunAsync];
            double[] seconds = new double[2];
            var cpu = new CpuTimes[2];
            foreach (int turn in round % 2 == 0 ? [0, 1] : (int[])[1, 0])
            {
                CpuTimes before = await meter.ReadAsync().ConfigureAwait(false);
                seconds[turn] = await TimeAsync(turns[turn]).ConfigureAwait(false);
                cpu[turn] = await meter.ReadAsync().ConfigureAwait(false) - before;
            }

            double other = theirs is null ? 0 : TheirRecordings / await theirs.RoundAsync().ConfigureAwait(false);
            File.Delete(path);
            figures.Add(round, Recordings / seconds[0], Recordings / seconds[1], other);
            figures.AddCpu(round, cpu[0], cpu[1]);
        }

        int code = await ReportAsync(figures, source, theirs is not null).ConfigureAwait(false);
        await SmallBatchesAsync(source, database, Path.Combine(directory, "small"), segment).ConfigureAwait(false);
        return code;
    }

    // As it is with many instances of little traffic each: a transaction has few recordings then.
    private static async Task SmallBatchesAsync(NpgsqlDataSource source, string database, string directory, byte[] segment)
    {
        Directory.CreateDirectory(directory);
        var options = new PostgresStoreOptions { SchemaName = "ours", MaxBatchBytes = 64 * 1024 };
        await using PostgresConnections connections = PostgresConnections.To(database, options);
        await using var shipper = new Shipper(directory, connections, NullLogger.Instance);
        var rates = new List<double>();
        for (int round = 0; round < SmallRounds; round++)
        {
            await EmptyAsync(source).ConfigureAwait(false);
            string path = Path.Combine(directory, Text($"20261120T080000-9f3a11c2d4e5f607-{round + 1:D4}.jsonl"));
            await File.WriteAllBytesAsync(path, segment).ConfigureAwait(false);
            rates.Add(Recordings / await TimeAsync(() => shipper.ShipAsync(CancellationToken.None)).ConfigureAwait(false));
            File.Delete(path);
        }

        Console.WriteLine(Text($"in transactions of {options.MaxBatchBytes * (long)Recordings / segment.Length} recordings: {Figures.Median(rates):N0} records/s"));
    }

    private static async Task<RawCopy> RawAsync(NpgsqlDataSource source, string database, string[] lines)
    {
        SchemaName schema = SchemaName.Of("raw");
        await using PostgresConnections connections = PostgresConnections.To(database, new PostgresStoreOptions { SchemaName = schema.Name });
        await new SchemaInstaller(connections, schema).EnsureAsync(PostgresSchemaMode.CreateIfMissing, CancellationToken.None).ConfigureAwait(false);
        await new DayPartitions(connections, schema).EnsureAsync([DateOnly.FromDateTime(DateTime.UtcNow)], CancellationToken.None).ConfigureAwait(false);
        var raw = new RawCopy(source, schema);
        double took = await raw.EncodeAsync([.. lines.Select(Encoding.UTF8.GetBytes)]).ConfigureAwait(false);
        Console.WriteLine(Text($"a line becomes rows in {took:F1} us"));
        return raw;
    }

    private static Task EmptyAsync(NpgsqlDataSource source) => ExecuteAsync(source, """
        DO $body$
        DECLARE
          name text;
        BEGIN
          FOR name IN
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relname IN ('flight_recorder_sessions', 'flight_recorder_db_mutations', 'flight_recorder_errors') ORDER BY 1
          LOOP
            EXECUTE 'TRUNCATE ' || name || ' CASCADE';
          END LOOP;
        END
        $body$
        """);

    private static async Task<int> ReportAsync(Figures figures, NpgsqlDataSource source, bool hasTheirs)
    {
        double ratio = Figures.Median(figures.Ours.Zip(figures.Raw, (ours, raw) => ours / raw));
        Console.WriteLine(Text($"raw binary COPY of rows encoded beforehand: {Figures.Median(figures.Raw):N0} records/s"));
        Console.WriteLine(Text($"shipped from the journal:                   {Figures.Median(figures.Ours):N0} records/s, {ratio:F2} of the raw COPY (goal {Goal:F1}: {(ratio >= Goal ? "holds" : "DOES NOT HOLD")})"));
        Console.WriteLine(Text($"processor time of a record, here and on the server: shipped {Figures.Micros(figures.OurCpu, Recordings)}, raw {Figures.Micros(figures.RawCpu, Recordings)}"));
        Console.WriteLine(hasTheirs
            ? Text($"the Express recorder's store, ten at a time: {Figures.Median(figures.Theirs):N0} records/s; ours stores {Figures.Median(figures.Ours.Zip(figures.Theirs, (ours, theirs) => ours / theirs)):F1} times as many")
            : "the Express recorder's store: name the folder in which `npm install backend-flight-recorder@0.1.0 pg` was run to measure it beside");
        foreach ((string name, string schema) in hasTheirs ? [("ours", "ours"), ("the Express recorder's", "theirs")] : ((string, string)[])[("ours", "ours")])
        {
            await ReportSizeAsync(source, name, schema).ConfigureAwait(false);
        }

        return ratio >= Goal ? 0 : 1;
    }

    private static async Task ReportSizeAsync(NpgsqlDataSource source, string name, string schema)
    {
        const string query = """
            SELECT COALESCE(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint, COALESCE(sum(pg_indexes_size(pg_class.oid)), 0)::bigint
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = $1 AND relkind = 'r' AND relname LIKE 'flight_recorder_%'
            """;
        await using NpgsqlCommand command = source.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        int count = schema == "ours" ? Recordings : TheirRecordings;
        Console.WriteLine(Text($"on the server, {name}: {row.GetInt64(0) / count:N0} bytes a record, {row.GetInt64(1) / count:N0} of them in indexes"));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        long started = Stopwatch.GetTimestamp();
        await run().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Figures
    {
        public List<double> Ours { get; } = [];

        public List<double> Raw { get; } = [];

        public List<double> Theirs { get; } = [];

        public List<CpuTimes> OurCpu { get; } = [];

        public List<CpuTimes> RawCpu { get; } = [];

        public void AddCpu(int round, CpuTimes ours, CpuTimes raw)
        {
            if (round >= 0)
            {
                OurCpu.Add(ours);
                RawCpu.Add(raw);
            }
        }

        public static string Micros(List<CpuTimes> times, int records)
            => Text($"{Median(times.Select(time => time.Here)) / records * 1e6:F1} + {Median(times.Select(time => time.Server)) / records * 1e6:F1} us");

        public void Add(int round, double ours, double raw, double theirs)
        {
            Console.WriteLine(Text($"{(round < 0 ? "warm-up" : Text($"round {round + 1}"))}: shipped {ours:N0}, raw {raw:N0}{(theirs > 0 ? Text($", Express {theirs:N0}") : "")} records/s"));
            if (round >= 0)
            {
                Ours.Add(ours);
                Raw.Add(raw);
                Theirs.Add(theirs);
            }
        }

        public static double Median(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted[sorted.Length / 2];
        }
    }
}
