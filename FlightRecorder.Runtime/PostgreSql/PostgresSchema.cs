using FlightRecorder.PostgreSql;

namespace FlightRecorder;

/// <summary>The schema of the store as SQL, for people who migrate themselves.</summary>
public static class PostgresSchema
{
    /// <summary>The version of the schema that this package writes and reads.</summary>
    public static int Version => Migrations.Latest;

    /// <summary>Everything that makes an empty schema one of this version, to be run in one transaction by who is to own the tables.</summary>
    /// <param name="schema">The schema's name, 1 to 63 bytes of UTF-8; quoted in the text, and made when it is missing.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds a NUL or half a surrogate pair.</exception>
    public static string GetSql(string schema = "public") => MigrationScript.Up(SchemaName.Of(schema), from: 0, to: Migrations.Latest);
}
