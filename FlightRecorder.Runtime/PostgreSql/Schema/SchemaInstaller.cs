using NpgsqlTypes;

namespace FlightRecorder.PostgreSql;

/// <summary>Looks at the schema, and changes it only as far as the options allow; under an advisory lock, all steps in one transaction.</summary>
internal sealed class SchemaInstaller(PostgresConnections connections, SchemaName schema)
{
    // Of ten processes that start at once, nine wait for the one that makes the tables.
    private static readonly TimeSpan s_installLock = TimeSpan.FromSeconds(30);

    private static readonly Sql s_lock = new("SELECT pg_advisory_xact_lock(hashtextextended('flight_recorder.schema.' || $1, 0))");

    private static readonly Sql s_look = new("""
        SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1),
          EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = $1 AND relname = 'flight_recorder_migrations'),
          EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = $1 AND relname IN ('flight_recorder_sessions', 'flight_recorder_db_mutations', 'flight_recorder_errors'))
        """);

    private static readonly Sql s_version = new("SELECT version, store_id FROM {schema}.flight_recorder_migrations ORDER BY version");

    public async Task<SchemaState> StatusAsync(CancellationToken cancellationToken)
    {
        await using BoundedTransaction work = await BoundedTransaction.BeginAsync(connections, schema, cancellationToken).ConfigureAwait(false);
        return await LookAsync(work, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that the tables are there and of this version, as far as the mode allows, and returns the store's id.</summary>
    /// <exception cref="SchemaRefusedException">They are not.</exception>
    public async Task<Guid> EnsureAsync(PostgresSchemaMode mode, CancellationToken cancellationToken)
    {
        SchemaState state = await StatusAsync(cancellationToken).ConfigureAwait(false);
        if (state.Version != Migrations.Latest || state.IsForeign)
        {
            state = await ChangeAsync(found => Allowed(found, mode), cancellationToken).ConfigureAwait(false);
        }

        return state.StoreId ?? throw new SchemaRefusedException($"The schema {schema} has no store id.");
    }

    /// <summary>Brings the tables to the latest version; nothing happens when they are.</summary>
    public Task<SchemaState> UpAsync(CancellationToken cancellationToken) => ChangeAsync(found => Allowed(found, PostgresSchemaMode.Migrate), cancellationToken);

    /// <summary>Takes the tables back to a version; to 0 removes them with all that is in them.</summary>
    public Task<SchemaState> DownAsync(int to, CancellationToken cancellationToken) => ChangeAsync(found => Math.Min(to, found.Version), cancellationToken);

    private async Task<SchemaState> ChangeAsync(Func<SchemaState, int> target, CancellationToken cancellationToken)
    {
        await using BoundedTransaction work = await BoundedTransaction.BeginAsync(connections, schema, s_installLock, cancellationToken).ConfigureAwait(false);
        await work.ExecuteAsync(s_lock, cancellationToken, BoundedTransaction.Text(schema.Name)).ConfigureAwait(false);
        SchemaState found = await LookAsync(work, cancellationToken).ConfigureAwait(false);
        RefuseUnknown(found);
        int to = target(found);
        foreach (Sql statement in Steps(found, to))
        {
            await work.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        SchemaState made = await LookAsync(work, cancellationToken).ConfigureAwait(false);
        await work.CommitAsync(cancellationToken).ConfigureAwait(false);
        return made;
    }

    private static IEnumerable<Sql> Steps(SchemaState found, int to)
    {
        if (to > found.Version && !found.Exists)
        {
            // Not always: IF NOT EXISTS too asks for the right to create schemas.
            yield return MigrationScript.CreateSchema;
        }

        IEnumerable<Sql> steps = to > found.Version
            ? Migrations.All.Where(step => step.Version > found.Version && step.Version <= to).SelectMany(step => step.Up)
            : Migrations.All.Reverse().Where(step => step.Version > to && step.Version <= found.Version).SelectMany(step => step.Down);
        foreach (Sql statement in steps)
        {
            yield return statement;
        }
    }

    private int Allowed(SchemaState found, PostgresSchemaMode mode)
    {
        RefuseUnknown(found);
        if (found.Version == Migrations.Latest)
        {
            return found.Version;
        }

        if (mode == PostgresSchemaMode.Migrate || (mode == PostgresSchemaMode.CreateIfMissing && found.Version == 0))
        {
            return Migrations.Latest;
        }

        string what = found.Version == 0 ? "holds no tables of FlightRecorder" : $"has version {found.Version}, older than {Migrations.Latest} of this package";
        throw new SchemaRefusedException(
            $"The schema {schema} {what}, and Schema is {mode}. Run `flightrecorder db up`, apply `flightrecorder db sql`, or set Schema to Migrate.");
    }

    private void RefuseUnknown(SchemaState found)
    {
        if (found.IsForeign)
        {
            throw new SchemaRefusedException(
                $"The schema {schema} holds tables named flight_recorder_… that this package did not make. Name another schema in SchemaName, or move them away.");
        }

        if (found.Version > Migrations.Latest)
        {
            throw new SchemaRefusedException(
                $"The schema {schema} has version {found.Version}, newer than {Migrations.Latest} of this package. Update FlightRecorder.PostgreSql, or name another schema.");
        }
    }

    private async Task<SchemaState> LookAsync(BoundedTransaction work, CancellationToken cancellationToken)
    {
        (bool exists, bool hasVersions, bool hasTables) = (await work.QueryAsync(
            s_look, row => (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2)), cancellationToken, BoundedTransaction.Value(schema.Name, NpgsqlDbType.Text)).ConfigureAwait(false))[0];
        if (!hasVersions)
        {
            return new SchemaState(exists, 0, null, IsForeign: hasTables);
        }

        List<(int Version, Guid Store)> versions = await work.QueryAsync(s_version, row => (row.GetInt32(0), row.GetGuid(1)), cancellationToken).ConfigureAwait(false);
        return versions.Count == 0
            ? new SchemaState(exists, 0, null, IsForeign: true)
            : new SchemaState(exists, versions[^1].Version, versions[0].Store, IsForeign: false);
    }
}
