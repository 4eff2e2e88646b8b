using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace FlightRecorder.Benchmarks.Postgres;

/// <summary>The store of backend-flight-recorder under Node.js, over a pool of pg with its default of ten connections: each line stores all records once and answers with the seconds it took.</summary>
internal sealed class ExpressStore : IAsyncDisposable
{
    private const string Schema = "theirs";

    private const string Script = """
        import { createInterface } from 'node:readline';
        import { createRequire } from 'node:module';
        import { pathToFileURL } from 'node:url';
        import { readFileSync } from 'node:fs';
        const [, , folder, file] = process.argv;
        const require = createRequire(folder + '/index.js');
        const pg = require('pg');
        const { createPostgresFlightRecorderStore } = await import(pathToFileURL(folder + '/node_modules/backend-flight-recorder/dist/sql.js'));
        const at = (line, us) => new Date(Date.parse(line.ts) + us / 1000).toISOString();
        const records = readFileSync(file, 'utf8').trim().split('\n').map(text => JSON.parse(text)).map(line => ({
          sessionId: line.id, requestId: line.requestId, startedAt: line.ts, endedAt: at(line, line.durationUs),
          environment: line.app.environment, appVersion: line.app.version, tags: [], actor: line.actor,
          request: { method: line.request.method, path: line.request.path, routePath: line.request.route, headers: line.request.headers, body: line.request.body },
          response: { statusCode: line.response.status, headers: line.response.headers, body: line.response.body, latencyMs: line.durationUs / 1000 },
          timeline: line.timeline.map(({ atUs, type, detail, ...data }) => ({ at: at(line, atUs), type, detail, data })),
          dbMutations: line.mutations.map(m => ({ at: at(line, m.atUs), source: m.source, model: m.model, operation: m.operation, where: m.key, args: undefined, before: m.before, after: m.after })),
          errors: (line.errors ?? []).map(e => ({ name: e.type, message: e.message, stack: e.stack })),
        }));
        const pool = new pg.Pool({ host: process.env.PGHOST, port: Number(process.env.PGPORT), user: process.env.PGUSER, database: process.env.PGDATABASE });
        await pool.query('CREATE SCHEMA IF NOT EXISTS theirs');
        const store = createPostgresFlightRecorderStore({ executor: pool, schemaName: 'theirs' });
        await store.initialize();
        console.log('ready');
        for await (const _ of createInterface({ input: process.stdin })) {
          const started = process.hrtime.bigint();
          let next = 0;
          await Promise.all(Array.from({ length: 10 }, async () => {
            while (next < records.length) await store.saveRecord(records[next++]);
          }));
          console.log(String(Number(process.hrtime.bigint() - started) / 1e9));
        }
        await pool.end();
        """;

    private readonly Process _process;

    private ExpressStore(Process process) => _process = process;

    public static async Task<ExpressStore> StartAsync(string folder, NpgsqlDataSource source, string directory, string[] lines)
    {
        string work = Directory.CreateDirectory(Path.Combine(directory, "express")).FullName;
        string script = Path.Combine(work, "express.mjs"), file = Path.Combine(work, "lines.jsonl"), home = Path.GetFullPath(folder);
        await File.WriteAllTextAsync(script, Script).ConfigureAwait(false);
        await File.WriteAllLinesAsync(file, lines).ConfigureAwait(false);
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(home, "node_modules", "backend-flight-recorder", "package.json")).ConfigureAwait(false));
        Console.WriteLine($"backend-flight-recorder {manifest.RootElement.GetProperty("version")}");
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        var start = new ProcessStartInfo("node", [script, home, file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = settings.Username,
                ["PGDATABASE"] = settings.Database,
            },
        };
        var store = new ExpressStore(Process.Start(start)!);
        return await store._process.StandardOutput.ReadLineAsync().ConfigureAwait(false) == "ready" ? store : throw new InvalidOperationException($"the store in the schema {Schema} did not start");
    }

    /// <summary>How long it took to store all.</summary>
    public async Task<double> RoundAsync()
    {
        await _process.StandardInput.WriteLineAsync("go").ConfigureAwait(false);
        string? seconds = await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return double.Parse(seconds ?? throw new InvalidOperationException("the store of the Express recorder ended"), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
