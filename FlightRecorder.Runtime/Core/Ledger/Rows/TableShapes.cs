using System.Collections.Concurrent;

namespace FlightRecorder;

/// <summary>The tables that were asked for, by connection string and name as written. What changed since is noticed by a read that fails.</summary>
internal static class TableShapes
{
    // An app has some hundred tables; names made up at run time must not pile up.
    private const int MaxTables = 1024;

    private static readonly ConcurrentDictionary<(string Connection, string Table), TableShape> Known = new();

    public static TableShape? Find(string connection, string table) => Known.GetValueOrDefault((connection, table));

    /// <summary>Keeps what was found. A table that is not there may be made later: that is not kept.</summary>
    public static TableShape Add(string connection, string table, TableShape shape)
    {
        if (shape.Columns.Length > 0 && Known.Count < MaxTables)
        {
            Known[(connection, table)] = shape;
        }

        return shape;
    }

    public static void Forget(string connection, string table) => Known.TryRemove((connection, table), out _);
}
