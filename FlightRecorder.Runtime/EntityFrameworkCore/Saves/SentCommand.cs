using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A command of a save as it was sent; what it holds is looked into when the save is over.</summary>
internal sealed class SentCommand
{
    private readonly string[] _names;

    public SentCommand(DbCommand command, NamedValue[]? shown)
    {
        DbParameterCollection parameters = command.Parameters;
        Sql = command.CommandText;
        Shown = shown;
        Values = new object?[parameters.Count];
        _names = new string[parameters.Count];
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i] = parameters[i].Value;
            _names[i] = parameters[i].ParameterName;
        }
    }

    public string Sql { get; }

    /// <summary>The parameters as they may be shown; null for none.</summary>
    public NamedValue[]? Shown { get; }

    /// <summary>The parameters' values as they were sent.</summary>
    public object?[] Values { get; }

    public Dictionary<string, int> IndexesByName()
    {
        Dictionary<string, int> indexes = new(_names.Length, StringComparer.Ordinal);
        for (int i = 0; i < _names.Length; i++)
        {
            indexes.TryAdd(_names[i].TrimStart('@'), i);
        }

        return indexes;
    }
}
