using System.Globalization;
using System.Text.Json;

namespace FlightRecorder;

/// <summary>A row as the server wrote it in JSON, by its columns.</summary>
internal static class RowJson
{
    public static NamedValue[] Read(string json, TableShape shape)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement row = document.RootElement;
        var values = new NamedValue[shape.Columns.Length];
        for (int i = 0; i < values.Length; i++)
        {
            TableColumn column = shape.Columns[i];
            values[i] = new NamedValue(column.Name, row.TryGetProperty(column.Name, out JsonElement value) ? Value(value, column) : null);
        }

        return values;
    }

    /// <summary>The key's values as texts, which the server casts back.</summary>
    public static string[] Key(string json, TableShape shape)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement row = document.RootElement;
        return [.. shape.Key.Select(column => row.GetProperty(column.Name).ToString())];
    }

    private static object? Value(JsonElement value, TableColumn column) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when column.IsBytes => new ByteCount(value.GetInt64()),
        JsonValueKind.Number => Number(value),
        JsonValueKind.String => CutText.Of(value.GetString()!, TableColumn.MaxText),
        _ => JsonFragment.Of(value),
    };

    // As it is written, where a number type can hold that.
    private static object Number(JsonElement value)
    {
        string text = value.GetRawText();
        return value.TryGetInt64(out long whole) ? whole
            : value.TryGetDecimal(out decimal exact) && exact.ToString(CultureInfo.InvariantCulture) == text ? exact
            : value.TryGetDouble(out double real) && real.ToString("R", CultureInfo.InvariantCulture).Equals(text, StringComparison.OrdinalIgnoreCase) ? real
            : text;
    }
}
