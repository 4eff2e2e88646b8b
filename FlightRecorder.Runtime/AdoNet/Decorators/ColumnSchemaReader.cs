using System.Collections.ObjectModel;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>A reader over one that knows its column schema: apps ask for that by the interface.</summary>
internal sealed class ColumnSchemaReader(DbDataReader inner, Execution execution) : RecordingDataReader(inner, execution), IDbColumnSchemaGenerator
{
    public ReadOnlyCollection<DbColumn> GetColumnSchema() => ((IDbColumnSchemaGenerator)Inner).GetColumnSchema();
}
