namespace FlightRecorder;

/// <summary>
/// What texts do, for texts that come by again and again: constants in the table of the generator, others here, found by their own
/// object, else by a hash and the characters. Safe for several threads without a lock: places are written whole, and losing one only means reading again.
/// </summary>
internal static class SqlTextCache
{
    /// <summary>An app has some hundred different statements; those with values written into them are endless and must not pile up.</summary>
    public const int MaxTexts = Sets * Ways;

    /// <summary>Longer ones are rarely sent twice, and comparing them would cost about as much as reading. Bounds the cache to 8 MiB of text.</summary>
    public const int MaxLength = 8192;

    private const int Sets = 128;
    private const int Ways = 4;

    private static readonly SqlText?[] Known = new SqlText?[MaxTexts];
    private static int _next;

    public static SqlText Read(string sql)
    {
        int hash = Hash(sql);
        if (SqlConstants.Find(sql, hash) is { } constant)
        {
            return constant;
        }

        Span<SqlText?> ways = Known.AsSpan(hash % Sets * Ways, Ways);
        return ByObject(ways, sql) ?? ByCharacters(ways, sql) ?? Add(ways, sql);
    }

    // The length and eight characters spread over the text: little memory touched, and texts that differ by a value only tend to share a
    // set, where they push out each other and no others.
    public static int Hash(string sql)
    {
        uint hash = (uint)sql.Length;
        int step = Math.Max(1, sql.Length / 8);
        for (int at = sql.Length - 1; at >= 0; at -= step)
        {
            hash = (hash * 31) + sql[at];
        }

        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }

    private static SqlText? ByObject(Span<SqlText?> ways, string sql)
    {
        foreach (ref SqlText? way in ways)
        {
            SqlText? known = Volatile.Read(ref way);
            if (known is not null && ReferenceEquals(known.Sql, sql))
            {
                return known;
            }
        }

        return null;
    }

    private static SqlText? ByCharacters(Span<SqlText?> ways, string sql)
    {
        foreach (ref SqlText? way in ways)
        {
            SqlText? known = Volatile.Read(ref way);
            if (known is not null && string.Equals(known.Sql, sql))
            {
                return known;
            }
        }

        return null;
    }

    private static SqlText Add(Span<SqlText?> ways, string sql)
    {
        SqlText read = SqlText.Read(sql);
        if (sql.Length <= MaxLength)
        {
            Volatile.Write(ref ways[FirstEmpty(ways) ?? (int)((uint)Interlocked.Increment(ref _next) % Ways)], read);
        }

        return read;
    }

    private static int? FirstEmpty(ReadOnlySpan<SqlText?> ways)
    {
        for (int i = 0; i < ways.Length; i++)
        {
            if (ways[i] is null)
            {
                return i;
            }
        }

        return null;
    }
}
