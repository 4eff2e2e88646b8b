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

    private SentCommand? _first;
    private List<SentCommand>? _more;
    private List<CarriedStatement>? _statements;
    private int _parameters;
    private int _next;

    /// <summary>How many commands were sent.</summary>
    public int Commands { get; private set; }

    public void Add(DbCommand command, NamedValue[]? shown, bool isForOne)
    {
        Commands++;
        _parameters += command.Parameters.Count;
        if (_parameters <= MaxParameters)
        {
            Add(new SentCommand(command, shown, isForOne));
        }
    }

    public void Clear()
    {
        _first = null;
        _more = null;
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
        var statements = new List<CarriedStatement>(1);
        if (_first is not null)
        {
            CarriedStatement.Split(_first, statements);
        }

        _more?.ForEach(command => CarriedStatement.Split(command, statements));
        return statements;
    }

    private void Add(SentCommand command)
    {
        if (_first is null)
        {
            _first = command;
        }
        else
        {
            (_more ??= []).Add(command);
        }
    }

    private CarriedStatement? Find(List<CarriedStatement> statements, RowDraft row)
    {
        foreach (string table in row.Plan.Tables)
        {
            if (Find(statements, row, table) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // The first whose values are all the row's; else, since a converter or nested JSON may change one, the one with most of them.
    private CarriedStatement? Find(List<CarriedStatement> statements, RowDraft row, string table)
    {
        string verb = Verb(row.Operation);
        SentValues? values = null;
        CarriedStatement? best = null;
        int most = 0;
        int looks = 0;
        int from = _next;
        for (int i = 0; i < statements.Count && looks < MaxLooks; i++)
        {
            int at = (from + i) % statements.Count;
            CarriedStatement statement = statements[at];
            if (statement.IsTaken || !statement.Does(verb, table))
            {
                continue;
            }

            looks++;
            int matches = statement.Values is null ? 0 : (values ??= SentValues.Of(row)).CountIn(statement, statement.Values);
            if (statement.Values is null || matches == statement.Values.Length)
            {
                _next = at + 1;
                return statement;
            }

            (best, most) = matches > most ? (statement, matches) : (best, most);
        }

        return best;
    }

    private static string Verb(string operation) => operation switch { "insert" => "INSERT INTO ", "delete" => "DELETE FROM ", _ => "UPDATE " };
}
