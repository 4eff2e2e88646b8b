using System.Globalization;
using System.Text;

namespace FlightRecorder.Tests.AdoNet.Rows;

/// <summary>The rows of a mutation in one line: <c>[id=1] {id=1,qty=10} → {id=1,qty=7} ~qty</c>.</summary>
internal static class RowText
{
    public static string Of(MutationEntry mutation)
        => $"[{Row(mutation.Key)}] {Rows(mutation.Before)} → {Rows(mutation.After)}"
            + (mutation.Changed is { } changed ? " ~" + string.Join(',', changed) : "");

    private static string Rows(NamedValue[][]? rows) => rows is null ? "-" : string.Concat(rows.Select(row => "{" + Row(row) + "}"));

    private static string Row(NamedValue[]? row) => row is null ? "" : string.Join(',', row.Select(value => value.Name + "=" + Value(value.Value)));

    private static string Value(object? value) => value switch
    {
        null => "null",
        JsonFragment json => Encoding.UTF8.GetString(json.Utf8),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
