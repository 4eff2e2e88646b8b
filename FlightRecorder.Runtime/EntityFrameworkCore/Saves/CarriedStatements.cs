using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The statements of a save, to find the one that carried a row: by what it does, by its table, and among several of these by
/// the values it was sent with.
/// </summary>
internal sealed class CarriedStatements
{
    // Beyond that the search would cost the save more than the answer is worth; the timeline has the commands all the same.
    private const int MaxParameters = 2000;
    private const int MaxStatements = 200;

    // They come in about the order of the rows: the one looked for is seldom far.
    private const int MaxLooks = 40;

    private readonly List<SentCommand> _commands = [];
    private List<CarriedStatement>? _statements;
    private int _parameters;
    private int _next;

    /// <summary>How many commands were sent.</summary>
    public int Commands { get; private set; }

    public void Add(DbCommand command, NamedValue[]? shown)
    {
        Commands++;
        _parameters += command.Parameters.Count;
        if (_parameters <= MaxParameters)
        {
            _commands.Add(new SentCommand(command, shown));
        }
    }

    public void Clear()
    {
        _commands.Clear();
        _statements = null;
        Commands = _parameters = _next = 0;
    }

    /// <summary>The statement that carried the row, or null; each is taken once.</summary>
    public CarriedStatement? Take(RowDraft row)
    {
        if (_parameters > MaxParameters)
        {
            return null;
        }

        List<CarriedStatement> statements = _statements ??= Split();
        CarriedStatement? found = statements.Count > MaxStatements ? null : Find(statements, row);
        if (found is not null)
        {
            found.IsTaken = true;
        }

        return found;
    }

    private List<CarriedStatement> Split()
    {
        List<CarriedStatement> statements = [];
        _commands.ForEach(command => CarriedStatement.Split(command, statements));
        return statements;
    }

    private CarriedStatement? Find(List<CarriedStatement> statements, RowDraft row)
    {
        foreach (string table in row.Plan.Tables)
        {
            if (Find(statements, row, Start(row.Operation, table)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // The first whose values are all the row's; else, since a converter or nested JSON may change one, the one with most of them.
    private CarriedStatement? Find(List<CarriedStatement> statements, RowDraft row, string start)
    {
        SentValues? values = null;
        CarriedStatement? best = null;
        int most = 0;
        int looks = 0;
        int from = _next;
        for (int i = 0; i < statements.Count && looks < MaxLooks; i++)
        {
            int at = (from + i) % statements.Count;
            CarriedStatement statement = statements[at];
            if (statement.IsTaken || !StartsWith(statement.Sql, start))
            {
                continue;
            }

            looks++;
            values ??= SentValues.Of(row);
            int matches = values.CountIn(statement);
            if (matches == statement.Values.Length)
            {
                _next = at + 1;
                return statement;
            }

            (best, most) = matches > most ? (statement, matches) : (best, most);
        }

        return best;
    }

    private static string Start(string operation, string table) => operation switch
    {
        "insert" => "INSERT INTO " + table,
        "delete" => "DELETE FROM " + table,
        _ => "UPDATE " + table,
    };

    private static bool StartsWith(string sql, string start)
        => sql.StartsWith(start, StringComparison.Ordinal) && (sql.Length == start.Length || char.IsWhiteSpace(sql[start.Length]) || sql[start.Length] == '(');
}
