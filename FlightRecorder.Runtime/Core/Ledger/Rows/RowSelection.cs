using System.Globalization;
using System.Text;

namespace FlightRecorder;

/// <summary>
/// The rows that a text is about to change, as far as the text alone tells: a query with the same table and the same condition
/// finds them. Where it can't be told, or where reading them could do anything but read, it says why.
/// </summary>
internal sealed class RowSelection
{
    private RowSelection(string? why) => Why = why;

    /// <summary>Null where the rows can be read.</summary>
    public string? Why { get; }

    /// <summary>The table as it is written, with its quotes.</summary>
    public string Table { get; private init; } = "";

    /// <summary>The table with ONLY and its alias.</summary>
    public string From { get; private init; } = "";

    /// <summary>The condition, its parameters numbered from <c>$1</c>.</summary>
    public string Condition { get; private init; } = "";

    /// <summary>The parameters of the condition in the order of their numbers, as they are written, with their sign.</summary>
    public string[] Parameters { get; private init; } = [];

    public bool IsDelete { get; private init; }

    /// <summary>What an UPDATE assigns, from SET up to the condition.</summary>
    private string Assignments { get; init; } = "";

    /// <summary>Null for a text that changes no rows.</summary>
    public static RowSelection? Of(SqlText text)
        => !text.ChangesRows ? null
            : text.Statements is [SqlStatement alone] ? WhyNot(alone) is { } why ? new RowSelection(why) : Read(text.Sql, alone)
            : new RowSelection(RowReasons.SeveralStatements);

    /// <summary>One that can't be read.</summary>
    public static RowSelection Not(string why) => new(why);

    /// <summary>Whether one of the columns is assigned, or may be.</summary>
    public bool Assigns(IEnumerable<string> columns)
    {
        var names = new HashSet<string>(columns, StringComparer.OrdinalIgnoreCase);
        bool hasList = false;
        string? last = null;
        bool isNamed = false;
        var scanner = new SqlScanner(Assignments);
        while (scanner.MoveNext())
        {
            // SET (a, b) = (…): what stands in the list is not told from what stands in a value.
            hasList |= last == "SET" && scanner.Is("(");
            if (isNamed && (hasList || scanner.Is("=")))
            {
                return true;
            }

            last = scanner.Token.ToString();
            isNamed = scanner.IsName && names.Contains(last.Replace("\"\"", "\"", StringComparison.Ordinal));
            last = last.ToUpperInvariant();
        }

        return isNamed;
    }

    private static string? WhyNot(SqlStatement statement) => statement.Verb switch
    {
        _ when statement.Further.Length > 0 && statement.Verb != SqlVerb.Truncate => RowReasons.CommonTable,
        SqlVerb.Update or SqlVerb.Delete when !statement.IsSingleTable => RowReasons.SeveralTables,
        SqlVerb.Update or SqlVerb.Delete => statement.Where is null ? RowReasons.NoWhere : null,
        SqlVerb.Insert => RowReasons.Insert,
        SqlVerb.Upsert => RowReasons.Upsert,
        SqlVerb.Merge => RowReasons.Merge,
        SqlVerb.Copy => RowReasons.Copy,
        SqlVerb.Truncate => RowReasons.Truncate,
        SqlVerb.ModifyingSelect => RowReasons.CommonTable,
        _ => RowReasons.Other,
    };

    private static RowSelection Read(string sql, SqlStatement statement)
    {
        string condition = statement.Where!.Value.In(sql).ToString();
        string from = statement.Target!.Value.In(sql).ToString();
        if (WhyNot(condition) is { } why)
        {
            return new RowSelection(why);
        }

        int end = statement.Target.Value.Start + statement.Target.Value.Length;
        var parameters = new List<string>();
        return new RowSelection(null)
        {
            From = from,
            Table = TableName(from),
            Condition = Number(condition, parameters),
            Parameters = [.. parameters],
            IsDelete = statement.Verb == SqlVerb.Delete,
            Assignments = sql[end..statement.Where.Value.Start],
        };
    }

    private static string? WhyNot(string condition)
    {
        var cursor = new SqlCursor(condition);
        for (cursor.Next(); cursor.Kind != SqlTokenKind.End; cursor.Next())
        {
            if (cursor.Is("(") && (cursor.After("RANDOM") || cursor.After("GEN_RANDOM_UUID") || cursor.After("CLOCK_TIMESTAMP")))
            {
                return RowReasons.Calls;
            }

            if (cursor.After("FOR") && (cursor.IsAny("UPDATE", "SHARE") || cursor.IsAny("NO", "KEY")))
            {
                return RowReasons.Locks;
            }

            if (cursor.IsAny("LIMIT", "OFFSET") || cursor.IsAny("FETCH", "TABLESAMPLE"))
            {
                return RowReasons.Picks;
            }
        }

        return cursor.CallsUnknown ? RowReasons.Calls : null;
    }

    // [ONLY] [(] schema.table [)] [*] [[AS] alias]
    private static string TableName(string from)
    {
        var name = new StringBuilder();
        bool takes = true;
        var tokens = new SqlTokenizer(from);
        while (tokens.MoveNext())
        {
            if (tokens.Is("ONLY") || tokens.Is("("))
            {
                continue;
            }

            if (!tokens.Is(".") && !takes)
            {
                break;
            }

            takes = tokens.Is(".");
            name.Append(from.AsSpan(tokens.Start, tokens.End - tokens.Start));
        }

        return name.ToString();
    }

    private static string Number(string condition, List<string> parameters)
    {
        var numbered = new StringBuilder(condition.Length);
        int done = 0;
        var tokens = new SqlTokenizer(condition);
        while (tokens.MoveNext())
        {
            if (tokens.Kind != SqlTokenKind.Parameter)
            {
                continue;
            }

            string name = tokens.Text.ToString();
            int index = parameters.IndexOf(name);
            if (index < 0)
            {
                index = parameters.Count;
                parameters.Add(name);
            }

            numbered.Append(condition, done, tokens.Start - done).Append(CultureInfo.InvariantCulture, $"${index + 1}");
            done = tokens.End;
        }

        return numbered.Append(condition, done, condition.Length - done).ToString();
    }
}
