using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>One statement of a save's command, with the parameters that occur in it.</summary>
internal sealed class CarriedStatement
{
    public required SqlStatement Kind { get; init; }

    public required string Sql { get; init; }

    /// <summary>As they may be shown.</summary>
    public required NamedValue[]? Parameters { get; init; }

    /// <summary>As they were sent; they do not outlive the save.</summary>
    public required object?[] Values { get; init; }

    public bool IsTaken { get; set; }

    /// <param name="command">A command of a save: EF Core puts several statements into one.</param>
    /// <param name="parameters">Its parameters as they may be shown, in order; null for none.</param>
    public static IEnumerable<CarriedStatement> Split(DbCommand command, NamedValue[]? parameters)
    {
        Dictionary<string, int> indexes = new(StringComparer.Ordinal);
        for (int i = 0; i < command.Parameters.Count; i++)
        {
            indexes.TryAdd(command.Parameters[i].ParameterName.TrimStart('@'), i);
        }

        List<CarriedStatement> statements = [];
        List<int> used = [];
        string sql = command.CommandText;
        int start = 0;
        var scanner = new SqlScanner(sql);
        while (scanner.MoveNext())
        {
            if (scanner.IsParameter && indexes.TryGetValue(scanner.Token[1..].ToString(), out int index))
            {
                used.Add(index);
            }
            else if (scanner.Is(";"))
            {
                Add(sql[start..(scanner.Position - 1)]);
                start = scanner.Position;
            }
        }

        Add(sql[start..]);
        return statements;

        void Add(string text)
        {
            if (SqlText.Read(text).Statements is [SqlStatement kind, ..])
            {
                statements.Add(new CarriedStatement
                {
                    Kind = kind,
                    Sql = text.Trim(),
                    Parameters = parameters is null || used.Count == 0 ? null : [.. used.Select(i => parameters[i])],
                    Values = [.. used.Select(i => command.Parameters[i].Value)],
                });
            }

            used.Clear();
        }
    }
}
