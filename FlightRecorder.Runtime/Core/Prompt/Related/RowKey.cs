using System.Text.Json;

namespace FlightRecorder.Prompts;

/// <summary>A row as both recordings name it: table or model, and the key's values by column or member.</summary>
internal sealed class RowKey
{
    // What redaction leaves by default: equal masks do not make equal rows.
    private const string Masked = "[REDACTED]";

    private readonly RecordedMutation _mutation;
    private readonly KeyValuePair<string, string>[] _columns;

    private RowKey(RecordedMutation mutation, KeyValuePair<string, string>[] columns)
    {
        _mutation = mutation;
        _columns = columns;
    }

    /// <summary>The key of a mutation, or null when it names no single row.</summary>
    public static RowKey? Of(RecordedMutation mutation)
    {
        if (mutation.Key.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        KeyValuePair<string, string>[] columns =
        [
            .. mutation.Key.EnumerateObject()
                .Select(column => KeyValuePair.Create(SqlNames.Plain(JsonText.Name(column)), JsonText.Scalar(column.Value)))
                .OrderBy(column => column.Key, StringComparer.Ordinal),
        ];
        return columns.Length == 0 || columns.Any(column => column.Value is "" or Masked) ? null : new RowKey(mutation, columns);
    }

    public bool IsSameRow(RowKey other) => IsSameTable(other._mutation) && _columns.SequenceEqual(other._columns);

    /// <summary>Whether a statement names the table and gives each column of the key its value.</summary>
    public bool IsReadBy(StatementRead read)
        => _mutation.Table is { Length: > 0 } table && _columns.All(column => read.Gives(table, column.Key, column.Value));

    private bool IsSameTable(RecordedMutation other) => _mutation.Table is { Length: > 0 } table && other.Table is { Length: > 0 } otherTable
        ? Same(table, otherTable)
        : _mutation.Model is { Length: > 0 } model && other.Model is { Length: > 0 } otherModel && Same(model, otherModel);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
