using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The values that a row may have been sent with: those it has, and those it had where they are compared.</summary>
internal sealed class SentValues
{
    private readonly HashSet<object> _values = [];
    private readonly object?[] _key;
    private readonly int _inWhere;

    private SentValues(object?[] key, int inWhere)
    {
        _key = key;
        _inWhere = inWhere;
    }

    public static SentValues Of(RowDraft row)
    {
        // The where-clause comes last, with the key and the concurrency tokens.
        bool hasWhere = row.Operation != "insert";
        object?[] key = hasWhere ? [.. row.Plan.Key.Select(part => part.Sent(row.Row[part].CurrentValue))] : [];
        var values = new SentValues(key, row.Plan.InWhere);
        foreach (PropertyPlan property in row.Plan.Properties)
        {
            PropertyEntry from = row.Row[property];
            values.Add(property.Sent(from.CurrentValue));
            if (property.IsInWhere)
            {
                values.Add(property.Sent(from.OriginalValue));
            }
        }

        return values;
    }

    /// <summary>How many of them are the row's; none when the row of the where-clause is another one.</summary>
    public int CountIn(CarriedStatement statement, object?[] sent)
    {
        int where = statement.IsInOrder ? Math.Max(0, sent.Length - _inWhere) : 0;
        foreach (object? part in _key)
        {
            if (Array.IndexOf(sent, part, where) < 0)
            {
                return 0;
            }
        }

        int count = 0;
        foreach (object? value in sent)
        {
            count += value is null or DBNull || _values.Contains(value) ? 1 : 0;
        }

        return count;
    }

    private void Add(object? value)
    {
        if (value is not null)
        {
            _values.Add(value);
        }
    }
}
