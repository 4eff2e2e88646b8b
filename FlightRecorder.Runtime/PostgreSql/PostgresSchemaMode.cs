namespace FlightRecorder;

/// <summary>What the store may do to the schema when it starts.</summary>
public enum PostgresSchemaMode
{
    /// <summary>A schema without tables of the recorder is filled; one of an older version is refused.</summary>
    CreateIfMissing,

    /// <summary>As <see cref="CreateIfMissing"/>, and an older version is brought to this one.</summary>
    Migrate,

    /// <summary>Nothing is created or altered but day partitions: the tables must be there, of this version.</summary>
    Verify,
}
