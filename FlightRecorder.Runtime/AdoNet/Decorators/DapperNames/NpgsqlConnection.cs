using System.Data.Common;

namespace FlightRecorder.AdoNet.DapperNames;

/// <summary>
/// A decorated Npgsql connection. Dapper reads the name of the connection's type to know whether arrays are passed as they are:
/// under another name it would write <c>ANY(@ids)</c> as <c>ANY((@ids1,@ids2))</c>, which PostgreSQL refuses.
/// </summary>
internal sealed class NpgsqlConnection(DbConnection inner, RecordingSettings settings) : RecordingConnection(inner, settings)
{
    protected override bool ReusesCommands => true;
}
