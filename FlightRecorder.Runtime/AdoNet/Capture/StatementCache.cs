namespace FlightRecorder.AdoNet;

/// <summary>
/// What texts do, by the text's own object: most are literals that come by again and again. Bounded: 512 texts of at most 8 192
/// characters, where a newer one takes the place of an older.
/// </summary>
internal static class StatementCache
{
    private const int Places = 512;
    private const int MaxLength = 8192;

    private static readonly TextFacts?[] Known = new TextFacts?[Places];

    public static TextFacts Read(string sql)
    {
        ref TextFacts? place = ref Known[Place(sql)];
        TextFacts? known = Volatile.Read(ref place);
        if (known is not null && ReferenceEquals(known.Sql, sql))
        {
            return known;
        }

        var facts = new TextFacts(sql, [.. SqlText.Read(sql)]);
        if (sql.Length <= MaxLength)
        {
            Volatile.Write(ref place, facts);
        }

        return facts;
    }

    // The length and three characters: enough to spread, and little memory touched.
    private static int Place(string sql)
        => sql.Length == 0 ? 0 : ((sql.Length * 31) + (sql[^1] * 7) + (sql[sql.Length / 2] * 131) + sql[^((sql.Length / 4) + 1)]) & (Places - 1);
}
