namespace FlightRecorder.Tests.Core.Sql;

/// <summary>The statements beside this file, with their expected answers.</summary>
internal static class SqlCorpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sql", "Corpus");

    public static IReadOnlyList<SqlCase> PostgreSql { get; } = [.. Cases("reads.txt"), .. Cases("writes.txt"), .. Cases("control.txt"), .. Cases("nasty.txt")];

    public static IReadOnlyList<SqlCase> Broken { get; } = Cases("broken.txt");

    public static IReadOnlyList<string> OtherDialects { get; } =
        [.. File.ReadAllLines(Path.Combine(Folder, "other-dialects.txt")).Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal))];

    public static IEnumerable<string> AllTexts => PostgreSql.Concat(Broken).Select(each => each.Sql).Concat(OtherDialects);

    /// <summary>What is read from a text, in the notation of the corpus.</summary>
    public static string Answer(string sql)
        => string.Join(" ; ", SqlText.Read(sql).Statements.Select(statement => Answer(statement, sql)));

    private static string Answer(SqlStatement statement, string sql)
    {
        if (statement.IsUnknown)
        {
            return statement.ControlsTransaction ? "?!" : "?";
        }

        string answer = statement.Verb + (statement.Name is null ? "" : ":" + statement.Name);
        answer += statement.Where is { } where ? $" where{{{where.In(sql).ToString().Replace('\n', '⏎')}}}" : "";
        answer += statement.ReturnsRows switch { true => " rows", null => " rows?", false => "" };
        answer += (statement.IsSingleTable ? " alone" : "") + (statement.MayChange ? " calls" : "");
        return answer + string.Concat(statement.Further.Select(further => $" +{further.Verb}:{further.Name}"));
    }

    private static List<SqlCase> Cases(string file)
    {
        List<SqlCase> cases = [];
        List<string> entry = [];
        foreach (string line in File.ReadAllLines(Path.Combine(Folder, file)).Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal)))
        {
            entry.Add(line);
            if (line.Contains('⇒'))
            {
                cases.Add(Case(string.Join('\n', entry)));
                entry.Clear();
            }
        }

        return cases;
    }

    private static SqlCase Case(string entry)
    {
        string[] parts = entry.Split('⇒');
        return new SqlCase(parts[0].TrimEnd(' '), parts[1].Trim());
    }
}
