using System.Globalization;
using System.Text;

namespace FlightRecorder.Tests.EntityFrameworkCore.Recordings;

/// <summary>A mutation in one line: <c>update Order orders [Id=1] {Id=1,Qty=1} → {Id=1,Qty=2} ~Qty Committed</c>.</summary>
internal static class MutationText
{
    public static string Of(MutationEntry mutation)
        => $"{mutation.Operation} {mutation.Model} {mutation.Table} [{Row(mutation.Key)}] {Rows(mutation.Before)} → {Rows(mutation.After)}"
            + (mutation.Changed is null ? "" : " ~" + string.Join(',', mutation.Changed))
            + (mutation.Transaction is null ? "" : " " + mutation.Transaction)
            + " " + mutation.Outcome;

    public static string Row(NamedValue[]? row)
        => row is null ? "" : string.Join(',', row.Select(value => value.Name + "=" + Value(value.Value)));

    private static string Rows(NamedValue[][]? rows) => rows is null ? "-" : "{" + Row(rows[0]) + "}";

    private static string Value(object? value) => value switch
    {
        null => "null",
        JsonFragment json => Encoding.UTF8.GetString(json.Utf8),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
