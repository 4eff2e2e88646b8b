using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Parse;

/// <summary>The constant SQL texts of an assembly, each once, read as the runtime would.</summary>
internal static class SqlTable
{
    public static IEnumerable<SqlModel> Of(IEnumerable<SqlUseModel> uses, string? root)
        => uses.GroupBy(use => use.Text, StringComparer.Ordinal)
            .Where(group => group.Any(use => use.IsSent))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Model(group.Key, group.Count() == 1 && group.First().Place is { } place ? Places.Relative(place, root) : null));

    private static SqlModel Model(string sql, string? location) => new()
    {
        Text = sql,
        Location = location,
        Statements = StatementReader.Read(sql.AsSpan()).Select(Model).ToEquatableArray(),
        Columns = ParameterColumns.In(sql).SelectMany(pair => new[] { pair.Key, pair.Value }).ToEquatableArray(),
    };

    private static SqlStatementModel Model(SqlStatement statement) => new()
    {
        Verb = statement.Verb.ToString(),
        Name = statement.Name,
        Span = Range(statement.Span),
        Target = statement.Target is { } target ? Range(target) : null,
        Where = statement.Where is { } where ? Range(where) : null,
        IsSingleTable = statement.IsSingleTable,
        ReturnsRows = statement.ReturnsRows,
        MayChange = statement.MayChange,
        Further = statement.Further.Select(Model).ToEquatableArray(),
    };

    private static string Range(SqlSpan span) => FormattableString.Invariant($"{span.Start}..{span.Start + span.Length}");
}
