using System.Data.Common;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The statements of a save, to find the one that carried a row: by what it does, by its table, and among several of these by
/// the values it was sent with.
/// </summary>
internal sealed class CarriedStatements
{
    // Beyond that the search would cost the save more than the answer is worth; the timeline has the commands all the same.
    private const int MaxStatements = 200;

    private readonly List<CarriedStatement> _statements = [];
    private bool _isFull;

    /// <summary>How many commands were sent.</summary>
    public int Commands { get; private set; }

    public void Add(DbCommand command, NamedValue[]? parameters)
    {
        Commands++;
        if (_isFull)
        {
            return;
        }

        _statements.AddRange(CarriedStatement.Split(command, parameters));
        if (_statements.Count > MaxStatements)
        {
            _isFull = true;
            _statements.Clear();
        }
    }

    public void Clear()
    {
        Commands = 0;
        _isFull = false;
        _statements.Clear();
    }

    /// <summary>The statement that carried the row, or null; each is taken once.</summary>
    public CarriedStatement? Take(MutationEntry mutation, EntityEntry entry)
    {
        CarriedStatement? found = Best(_statements.FindAll(statement => Fits(statement, mutation)), entry);
        if (found is not null)
        {
            found.IsTaken = true;
        }

        return found;
    }

    private static bool Fits(CarriedStatement statement, MutationEntry mutation)
        => !statement.IsTaken
            && statement.Kind.Name == mutation.Table
            && statement.Kind.Verb == mutation.Operation switch { "insert" => SqlVerb.Insert, "delete" => SqlVerb.Delete, _ => SqlVerb.Update };

    private static CarriedStatement? Best(List<CarriedStatement> candidates, EntityEntry entry)
    {
        if (candidates.Count <= 1)
        {
            return candidates.FirstOrDefault();
        }

        HashSet<object> values = SentValues(entry);
        CarriedStatement best = candidates.MaxBy(candidate => candidate.Values.Count(value => value is not null && values.Contains(value)))!;
        return best.Values.Any(value => value is not null && values.Contains(value)) ? best : null;
    }

    private static HashSet<object> SentValues(EntityEntry entry)
    {
        HashSet<object> values = [];
        foreach (PropertyEntry property in entry.Properties)
        {
            object? value = property.CurrentValue;
            if (property.Metadata.GetTypeMapping().Converter is { } converter)
            {
                value = converter.ConvertToProvider(value);
            }

            if (value is not null)
            {
                values.Add(value);
            }
        }

        return values;
    }
}
