namespace FlightRecorder;

/// <summary>The table that a statement changes: <c>[ONLY] [schema.]table [*] [[AS] alias]</c>.</summary>
internal static class TargetReader
{
    // database.schema.table; a fourth part is another dialect's server.
    private const int MaxParts = 3;

    /// <summary>Reads the name and stands behind it; null for what no table is called.</summary>
    public static string? Name(ref SqlCursor cursor)
    {
        if (!cursor.IsName || (cursor.IsWord && SqlWords.IsForeignModifier(cursor.Text)))
        {
            return null;
        }

        string name = Part(ref cursor);
        for (int parts = 1; cursor.Skip("."); parts++)
        {
            if (parts == MaxParts || !(cursor.IsWord || cursor.IsName))
            {
                return null;
            }

            name = $"{name}.{Part(ref cursor)}";
        }

        return name;
    }

    /// <summary>With ONLY and a star before and behind; null likewise.</summary>
    public static string? Table(ref SqlCursor cursor)
    {
        bool isWrapped = cursor.Skip("ONLY") && cursor.Skip("(");
        string? name = Name(ref cursor);
        if (isWrapped && !cursor.Skip(")"))
        {
            return null;
        }

        cursor.Skip("*");
        return name;
    }

    /// <summary>Goes past an alias; false where AS is followed by none.</summary>
    public static bool SkipAlias(ref SqlCursor cursor)
    {
        if (cursor.Skip("AS") && !cursor.IsName)
        {
            return false;
        }

        if (cursor.IsName && !cursor.Is("SET"))
        {
            cursor.Next();
        }

        return true;
    }

    private static string Part(ref SqlCursor cursor)
    {
        string part = cursor.Text.ToString();
        part = cursor.Kind == SqlTokenKind.QuotedName && part.Contains('"') ? part.Replace("\"\"", "\"", StringComparison.Ordinal) : part;
        cursor.Next();
        return part;
    }
}
