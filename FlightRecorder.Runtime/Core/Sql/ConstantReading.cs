using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>What the generator wrote down of a text, as the reader of SQL gives it.</summary>
internal static class ConstantReading
{
    public static SqlStatement[] Statements(ConstantSql constant) => [.. constant.Statements.Select(statement => Statement(statement, constant.Text.Length))];

    public static Dictionary<string, string> Columns(ConstantSql constant)
    {
        var columns = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i + 1 < constant.Columns.Length; i += 2)
        {
            columns[constant.Columns[i]] = constant.Columns[i + 1];
        }

        return columns;
    }

    private static SqlStatement Statement(ConstantStatement statement, int length) => new(Enum.Parse<SqlVerb>(statement.Verb), statement.Name)
    {
        Span = Span(statement.Span, length),
        Target = statement.Target is { } target ? Span(target, length) : null,
        Where = statement.Where is { } where ? Span(where, length) : null,
        IsSingleTable = statement.IsSingleTable,
        ReturnsRows = statement.ReturnsRows,
        MayChange = statement.MayChange,
        Further = [.. statement.Further.Select(further => Statement(further, length))],
    };

    private static SqlSpan Span(Range range, int length)
    {
        (int start, int count) = range.GetOffsetAndLength(length);
        return new SqlSpan(start, count);
    }
}
