using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>A command of a save as it was sent; what it holds is looked into when the save is over.</summary>
internal sealed class SentCommand
{
    private readonly string[]? _names;

    /// <param name="command">The command.</param>
    /// <param name="shown">Its parameters as they may be shown; null for none.</param>
    /// <param name="isForOne">It carries but one row: nothing has to be told apart by values.</param>
    public SentCommand(DbCommand command, NamedValue[]? shown, bool isForOne)
    {
        Sql = command.CommandText;
        Shown = shown;
        if (isForOne)
        {
            return;
        }

        DbParameterCollection parameters = command.Parameters;
        Values = new object?[parameters.Count];
        _names = new string[parameters.Count];
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i] = parameters[i].Value;
            _names[i] = parameters[i].ParameterName;
        }
    }

    public string Sql { get; }

    public NamedValue[]? Shown { get; }

    /// <summary>The parameters' values as they were sent; null where nobody needs them.</summary>
    public object?[]? Values { get; }

    public Dictionary<string, int> IndexesByName()
    {
        int count = _names?.Length ?? Shown?.Length ?? 0;
        Dictionary<string, int> indexes = new(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            indexes.TryAdd(_names is null ? Shown![i].Name : _names[i].TrimStart('@'), i);
        }

        return indexes;
    }
}
