namespace FlightRecorder.AdoNet;

/// <summary>
/// What texts do, by the text's own object: most are literals that come by again and again. Bounded: 512 texts of at most 8 192
/// characters, where a newer one takes the place of an older.
/// </summary>
internal static class StatementCache
{
    private const int Places = 512;
    private const int MaxLength = 8192;

    private static readonly Entry?[] Entries = new Entry?[Places];

    public static SqlStatement[] Read(string sql)
    {
        // A string's identity hash would be kept in its header, so its length and ends pick the place.
        ref Entry? place = ref Entries[Place(sql)];
        Entry? known = Volatile.Read(ref place);
        if (known is not null && ReferenceEquals(known.Sql, sql))
        {
            return known.Statements;
        }

        SqlStatement[] statements = [.. SqlText.Read(sql)];
        if (sql.Length <= MaxLength)
        {
            Volatile.Write(ref place, new Entry(sql, statements));
        }

        return statements;
    }

    private static int Place(string sql)
    {
        int hash = sql.Length;
        for (int i = sql.Length - 1; i >= 0; i -= 7)
        {
            hash = (hash * 31) + sql[i];
        }

        return hash & (Places - 1);
    }

    private sealed record Entry(string Sql, SqlStatement[] Statements);
}
