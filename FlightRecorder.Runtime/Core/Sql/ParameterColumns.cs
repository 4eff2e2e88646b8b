namespace FlightRecorder;

/// <summary>
/// Which column each parameter of a text is written to or compared with, as far as the words around it tell:
/// <c>INSERT INTO t (a, b) VALUES (@p, lower(@q))</c>, <c>SET a = @p</c>, <c>a = @p</c>, <c>lower(a) IN (@p, @q)</c>, <c>@p = t.a</c>.
/// </summary>
internal ref struct ParameterColumns
{
    private readonly Dictionary<string, string> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _inserted = [];
    private InsertPart _insert;
    private int _depth;
    private int _position;
    private string? _column;
    private string? _name;
    private string? _waiting;
    private bool _isBetween;

    private ParameterColumns(string sql)
    {
        var scanner = new SqlScanner(sql);
        while (scanner.MoveNext())
        {
            Step(scanner);
        }

        TakeName();
    }

    private enum InsertPart
    {
        None,
        Into,
        Columns,
        Values,
    }

    public static Dictionary<string, string> In(string sql) => new ParameterColumns(sql)._found;

    private void Step(in SqlScanner scanner)
    {
        if (scanner.Is(".") || (scanner.Is("(") && _insert != InsertPart.Into))
        {
            // The name of a table or function, not of a column.
            _name = null;
        }

        TakeName();
        if (scanner.IsParameter)
        {
            Parameter(scanner.Token[1..].ToString());
        }
        else if (scanner.IsName)
        {
            Name(scanner);
        }
        else
        {
            Sign(scanner);
        }
    }

    private void Parameter(string name)
    {
        string? column = _insert == InsertPart.Values && _depth > 0 ? _position < _inserted.Count ? _inserted[_position] : null : _column;
        if (column is not null)
        {
            _found.TryAdd(name, column);
        }

        _waiting = name;
    }

    private void Name(in SqlScanner scanner)
    {
        // In the list of columns every word is one, whatever it means elsewhere.
        bool isListed = _insert == InsertPart.Columns && _depth == 1;
        if (scanner.IsQuoted || isListed || !Keyword(scanner))
        {
            _name = scanner.Token.ToString();
        }
    }

    // Words that begin something new forget the column; words between a column and its parameter keep it.
    private bool Keyword(in SqlScanner scanner)
    {
        switch (scanner.Token.ToString().ToUpperInvariant())
        {
            case "INTO": _insert = InsertPart.Into; break;
            case "VALUES": _insert = _insert == InsertPart.Columns ? InsertPart.Values : InsertPart.None; break;
            case "BETWEEN": _isBetween = true; return true;
            case "AND" when _isBetween: _isBetween = false; return true;
            case "IN" or "LIKE" or "ILIKE" or "NOT" or "IS" or "ANY" or "ALL" or "SOME" or "SIMILAR" or "TO" or "ARRAY" or "DISTINCT" or "FROM": return true;
            case "CONFLICT" or "DUPLICATE" or "RETURNING": _insert = InsertPart.None; break;
            case "SELECT" or "WHERE" or "AND" or "OR" or "ON" or "SET" or "HAVING" or "LIMIT" or "OFFSET" or "WHEN" or "THEN" or "ELSE" or "USING" or "BY" or "CASE": break;
            default: return false;
        }

        _column = null;
        _waiting = null;
        return true;
    }

    private void Sign(in SqlScanner scanner)
    {
        switch (scanner.Token)
        {
            case "(": Open(); return;
            case ")": _depth--; return;
            case ";": _insert = InsertPart.None; _column = null; _waiting = null; return;
            case "," when _insert == InsertPart.Values && _depth == 1: _position++; return;
            case ",": _waiting = null; return;
        }
    }

    private void Open()
    {
        if (_insert == InsertPart.Into)
        {
            _insert = InsertPart.Columns;
            _inserted.Clear();
            _depth = 0;
        }
        else if (_insert == InsertPart.Values && _depth == 0)
        {
            _position = 0;
        }

        _depth++;
    }

    // A name counts once it is known not to be a function's.
    private void TakeName()
    {
        if (_name is null)
        {
            return;
        }

        if (_insert == InsertPart.Columns && _depth == 1)
        {
            _inserted.Add(_name);
        }
        else if (_insert != InsertPart.Into)
        {
            _column = _name;
        }

        if (_waiting is not null)
        {
            _found.TryAdd(_waiting, _name);
        }

        _name = null;
    }
}
