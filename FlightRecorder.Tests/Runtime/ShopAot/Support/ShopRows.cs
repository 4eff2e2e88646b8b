using System.Text.Json.Nodes;
using Npgsql;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>All rows of the shop's tables at one moment, read past the recorder.</summary>
internal sealed class ShopRows
{
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["stock"] = ["sku"],
        ["stock_movements"] = ["id"],
        ["orders"] = ["id"],
        ["order_lines"] = ["order_id", "sku"],
    };

    private readonly Dictionary<string, JsonObject> _rows = [];

    public static IReadOnlyCollection<string> Tables => Keys.Keys;

    public IEnumerable<string> Ids => _rows.Keys;

    /// <summary>The row, or null when it is not there.</summary>
    public JsonObject? this[string id]
    {
        get => _rows.GetValueOrDefault(id);
        set
        {
            _rows.Remove(id);
            if (value is not null)
            {
                _rows.Add(id, value);
            }
        }
    }

    public static async Task<ShopRows> ReadAsync(NpgsqlDataSource source)
    {
        var rows = new ShopRows();
        foreach (string table in Tables)
        {
            await using NpgsqlCommand command = source.CreateCommand($"SELECT to_jsonb(t)::text FROM {table} t");
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                JsonObject row = JsonNode.Parse(reader.GetString(0))!.AsObject();
                rows[IdOf(table, row)] = row;
            }
        }

        return rows;
    }

    /// <summary>What names the row among all others: table and key.</summary>
    public static string IdOf(string table, JsonObject row) => table + " " + string.Join('/', Keys[table].Select(column => row[column]?.ToString()));

    public ShopRows Copy()
    {
        var copy = new ShopRows();
        foreach (string id in Ids)
        {
            copy[id] = this[id];
        }

        return copy;
    }

    public int Count(string table) => Ids.Count(id => id.StartsWith(table + " ", StringComparison.Ordinal));
}
