using System.Globalization;
using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>The mutations of a recording, played over the rows that the database had before the request, against those it has after it.</summary>
internal sealed class RowTruth
{
    private readonly ShopRows _before;
    private readonly ShopRows _rows;
    private readonly List<string> _wrong = [];
    private readonly Dictionary<string, int> _inserted = [];

    private RowTruth(ShopRows before)
    {
        _before = before;
        _rows = before.Copy();
    }

    /// <summary>One line for each contradiction.</summary>
    public static List<string> Contradictions(JsonObject line, ShopRows before, ShopRows after)
    {
        JsonObject[] mutations = [.. (line["mutations"]?.AsArray() ?? []).Select(mutation => mutation!.AsObject())];
        var truth = new RowTruth(before);
        foreach (JsonObject mutation in mutations)
        {
            truth.Play(mutation);
        }

        bool isCommitted = mutations.Length > 0 && mutations.All(mutation => (string?)mutation["outcome"] == "committed");
        truth.Compare(isCommitted ? truth._rows : before, after, isCommitted);
        return truth._wrong;
    }

    // Each row before must be the one that the mutations so far left.
    private void Play(JsonObject mutation)
    {
        string table = (string)mutation["table"]!;
        JsonArray? before = mutation["before"]?.AsArray();
        JsonArray? after = mutation["after"]?.AsArray();
        if ((string?)mutation["operation"] == "insert")
        {
            _inserted[table] = _inserted.GetValueOrDefault(table) + 1;
            return;
        }

        if (before is null)
        {
            _wrong.Add($"an {mutation["operation"]} of {table} without its rows");
            return;
        }

        for (int i = 0; i < before.Count; i++)
        {
            string id = ShopRows.IdOf(table, before[i]!.AsObject());
            JsonObject? known = _rows[id];
            if (known is not null)
            {
                Match(id + " before", known, before[i]!.AsObject());
            }
            else if (_before[id] is null && !_inserted.ContainsKey(table))
            {
                _wrong.Add(id + ": never was there");
            }

            _rows[id] = after?[i]?.AsObject();
        }
    }

    private void Compare(ShopRows expected, ShopRows after, bool isCommitted)
    {
        foreach (string id in expected.Ids)
        {
            if (after[id] is { } row)
            {
                Match(id + " after", row, expected[id]!);
            }
            else
            {
                _wrong.Add(id + ": is not there");
            }
        }

        foreach (string table in ShopRows.Tables)
        {
            int added = after.Count(table) - _before.Count(table);
            int told = isCommitted ? _inserted.GetValueOrDefault(table) : 0;
            if (added != told)
            {
                _wrong.Add($"{added} rows more in {table}, {told} told");
            }
        }
    }

    // Numbers compare by value: 16.50 is 16.5. What redaction hides is there, and no more is known of it.
    private void Match(string what, JsonObject real, JsonObject told)
    {
        foreach ((string column, JsonNode? value) in real)
        {
            if (!told.ContainsKey(column))
            {
                _wrong.Add($"{what}: {column} is left out");
            }
            else if (told[column]?.ToString() != "[REDACTED]" && Plain(told[column]) != Plain(value))
            {
                _wrong.Add($"{what}: {column} is {told[column]}, really {value}");
            }
        }
    }

    private static string? Plain(JsonNode? value)
        => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number.ToString("0.##########", CultureInfo.InvariantCulture)
            : value?.ToString();
}
