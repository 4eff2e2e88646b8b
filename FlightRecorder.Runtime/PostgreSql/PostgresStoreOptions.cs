namespace FlightRecorder;

/// <summary>How recordings are stored in PostgreSQL. Values are checked where <c>UsePostgresStore</c> is called, and stay for the whole run.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>Over the journal, or straight from memory. Default: <see cref="PostgresStoreMode.Journal"/>.</summary>
    public PostgresStoreMode Mode { get; set; }

    /// <summary>What may be done to the schema. Default: <see cref="PostgresSchemaMode.CreateIfMissing"/>.</summary>
    public PostgresSchemaMode Schema { get; set; }

    /// <summary>The schema of the tables, 1 to 63 bytes of UTF-8; taken as it is, case too. Default: <c>public</c>.</summary>
    public string SchemaName { get; set; } = "public";

    /// <summary>How long recordings are kept, in whole days of UTC, 1 to 3653 days; the partitions of older days are dropped. Default: 30 days.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often the journal is looked at for new lines, 10 ms to 1 minute. Default: 500 ms.</summary>
    public TimeSpan ShipInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many bytes of lines are sent in one transaction, 64 KiB to 64 MiB; a longer line goes alone. The next batch is made ready meanwhile. Default: 8 MiB.</summary>
    public int MaxBatchBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>From how many bytes on a single text of a recording is cut, with a marker, 1 KiB to 16 MiB. Default: 1 MiB.</summary>
    public int MaxTextBytes { get; set; } = 1024 * 1024;

    /// <summary>How long one statement may take, 1 s to 10 minutes. Default: 30 s.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one lock may be waited for, 100 ms to 10 minutes. Default: 5 s.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a regular stop may go on sending, 0 to 1 minute; what is not sent by then is sent by the next run. Default: 5 s.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal void Validate(OptionChecks checks)
    {
        checks.Defined("UsePostgresStore:Mode", Mode);
        checks.Defined("UsePostgresStore:Schema", Schema);
        if (PostgreSql.SchemaName.Fault(SchemaName) is { } allowed)
        {
            checks.Fail("UsePostgresStore:SchemaName", SchemaName, allowed);
        }

        checks.Range("UsePostgresStore:MaxAge", MaxAge, TimeSpan.FromDays(1), TimeSpan.FromDays(3653));
        checks.Range("UsePostgresStore:ShipInterval", ShipInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        checks.Range("UsePostgresStore:MaxBatchBytes", MaxBatchBytes, 64 * 1024, 64 * 1024 * 1024);
        checks.Range("UsePostgresStore:MaxTextBytes", MaxTextBytes, 1024, 16 * 1024 * 1024);
        checks.Range("UsePostgresStore:StatementTimeout", StatementTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        checks.Range("UsePostgresStore:LockTimeout", LockTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        checks.Range("UsePostgresStore:StopTimeout", StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
