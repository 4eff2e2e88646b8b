namespace FlightRecorder.EntityFrameworkCore;

/// <summary>One statement of a save's command, with the parameters that occur in it.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Parameters">As they may be shown; null for none.</param>
/// <param name="Values">As they were sent, null where nobody needs them; they do not outlive the save.</param>
/// <param name="IsInOrder">Parameters and values are in the order of the text, and not in that of the command.</param>
internal sealed record CarriedStatement(string Sql, NamedValue[]? Parameters, object?[]? Values, bool IsInOrder)
{
    public bool IsTaken { get; set; }

    /// <param name="verb">Its beginning as EF Core writes it.</param>
    /// <param name="table">The table as EF Core writes it.</param>
    public bool Does(string verb, string table)
    {
        ReadOnlySpan<char> sql = Sql;
        return sql.StartsWith(verb, StringComparison.Ordinal) && sql[verb.Length..].StartsWith(table, StringComparison.Ordinal)
            && sql[(verb.Length + table.Length)..] is [' ' or '\n' or '\r' or '(', ..];
    }

    /// <summary>EF Core puts several statements into one command.</summary>
    public static void Split(SentCommand command, List<CarriedStatement> into)
    {
        string sql = command.Sql;
        ReadOnlySpan<char> trimmed = sql.AsSpan().TrimEnd();
        trimmed = trimmed is [.., ';'] ? trimmed[..^1] : trimmed;
        if (!trimmed.Contains(';'))
        {
            // The text as it is: the timeline has it too, and no copy is made.
            into.Add(new CarriedStatement(sql, command.Shown, command.Values, IsInOrder: false));
            return;
        }

        var scanner = new SqlScanner(sql);
        var indexes = command.IndexesByName().GetAlternateLookup<ReadOnlySpan<char>>();
        List<int> used = [];
        int start = 0;
        while (scanner.MoveNext())
        {
            if (scanner.IsParameter && indexes.TryGetValue(scanner.Token[1..], out int index))
            {
                used.Add(index);
            }
            else if (scanner.Is(";"))
            {
                Add(command, sql.AsSpan(start, scanner.Position - 1 - start), used, into);
                start = scanner.Position;
            }
        }

        Add(command, sql.AsSpan(start), used, into);
    }

    private static void Add(SentCommand command, ReadOnlySpan<char> text, List<int> used, List<CarriedStatement> into)
    {
        text = text.Trim();
        if (!text.IsEmpty)
        {
            NamedValue[]? parameters = command.Shown is not { } shown || used.Count == 0 ? null : [.. used.Select(index => shown[index])];
            into.Add(new CarriedStatement(text.ToString(), parameters, command.Values is { } values ? [.. used.Select(index => values[index])] : null, IsInOrder: true));
        }

        used.Clear();
    }
}
