using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlightRecorder.Prompts;

/// <summary>A statement of the timeline with the values it was given.</summary>
/// <param name="Index">Its place in the timeline.</param>
/// <param name="Sql">Its text.</param>
/// <param name="Values">The names of the parameters that hold a scalar, by its text.</param>
internal sealed record StatementRead(int Index, string Sql, ILookup<string, string> Values)
{
    // o.id = @id   "ProductId" = ANY (@ids)   product_id IN (@p1
    // Linear in the text, whatever the text: it may come from a hostile journal.
    private static readonly Regex Comparisons = new(
        """(?:(?<qualifier>["`\[]?\w+["`\]]?)\.)?["`\[]?(?<column>\w+)["`\]]?\s*(?:=\s*ANY|=|\bIN)\s*\(?\s*[@:$](?<parameter>\w+)""",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly Lazy<ILookup<string, Comparison>> _comparisons = new(() => Find(Sql));

    public static StatementRead[] Of(IReadOnlyList<RecordedEntry> timeline)
    {
        List<StatementRead> reads = [];
        for (int i = 0; i < timeline.Count; i++)
        {
            if (timeline[i] is { Sql: { Length: > 0 } sql, Parameters.ValueKind: JsonValueKind.Object } entry)
            {
                reads.Add(new StatementRead(i, sql, Scalars(entry.Parameters)));
            }
        }

        return [.. reads];
    }

    /// <summary>
    /// Whether a parameter of this value goes with the column of the table. A parameter that the text compares with other columns
    /// only does not; one that it compares with none that can be read here may.
    /// </summary>
    public bool Gives(string table, string plainColumn, string value)
        => Values[value].Any() && SqlNames.Holds(Sql, table) && Values[value].Any(parameter => Fits(table, plainColumn, parameter));

    private bool Fits(string table, string plainColumn, string parameter)
    {
        Comparison[] comparisons = [.. _comparisons.Value[parameter]];
        return comparisons.Length == 0
            ? !Sql.Contains("INSERT", StringComparison.OrdinalIgnoreCase)
            : comparisons.Any(comparison => SqlNames.Plain(comparison.Column) == plainColumn
                && (comparison.Qualifier.Length == 0 || SqlNames.StandsFor(Sql, comparison.Qualifier, table)));
    }

    private static ILookup<string, string> Scalars(JsonElement parameters) => parameters.EnumerateObject()
        .SelectMany(parameter => JsonText.Scalars(parameter.Value).Select(value => (Value: value, Name: JsonText.Name(parameter).TrimStart('@', ':', '$'))))
        .Where(pair => pair.Value.Length > 0)
        .ToLookup(pair => pair.Value, pair => pair.Name, StringComparer.Ordinal);

    private static ILookup<string, Comparison> Find(string sql) => Comparisons.Matches(sql)
        .ToLookup(match => match.Groups["parameter"].Value, match => new Comparison(match.Groups["qualifier"].Value, match.Groups["column"].Value), StringComparer.Ordinal);

    private readonly record struct Comparison(string Qualifier, string Column);
}
