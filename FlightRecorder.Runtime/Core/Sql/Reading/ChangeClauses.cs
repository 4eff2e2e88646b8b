namespace FlightRecorder;

/// <summary>What follows the table of an UPDATE or DELETE, token by token.</summary>
internal ref struct ChangeClauses(SqlStatement statement)
{
    private bool _joins;
    private bool _returns;
    private int _where = -1;
    private bool _hasWhere;
    private SqlSpan? _condition;

    /// <summary>Takes the token under the cursor; false where the statement is not PostgreSQL's or can't be told from another dialect's.</summary>
    public bool Take(ref SqlCursor cursor)
    {
        if (_hasWhere && _where < 0)
        {
            _where = cursor.Start;
        }

        if (_joins && !_hasWhere && IsAliasLikeTarget(cursor))
        {
            return false;
        }

        return !cursor.IsTopWord || TakeWord(ref cursor);
    }

    public SqlStatement? Close(in SqlCursor cursor)
    {
        CloseCondition(cursor);
        return _hasWhere && _condition is not { Length: > 0 } ? null : statement with
        {
            Span = cursor.Span,
            Where = _condition,
            IsSingleTable = !_joins,
            ReturnsRows = _returns,
        };
    }

    private bool TakeWord(ref SqlCursor cursor)
    {
        if (cursor.Is("FROM"))
        {
            return cursor.After("DISTINCT") || (statement.Verb == SqlVerb.Update && !_hasWhere && Join());
        }

        if (cursor.Is("WHERE"))
        {
            return !_hasWhere && !_returns && (_hasWhere = true);
        }

        if (cursor.Is("RETURNING"))
        {
            CloseCondition(cursor);
            return !_returns && (_returns = true);
        }

        return cursor.Is("USING") ? !_hasWhere && Join() : IsAllowed(cursor);
    }

    // A cursor's row can't be found again; RETURNING … INTO is Oracle's, ORDER BY and LIMIT are MySQL's.
    private static bool IsAllowed(in SqlCursor cursor)
        => !(cursor.Is("CURRENT") && cursor.After("WHERE"))
            && !(cursor.IsAny("INTO", "WITH") || cursor.IsAny("ORDER", "LIMIT") || cursor.BeginsStatement);

    private bool Join() => _joins = true;

    private void CloseCondition(in SqlCursor cursor)
    {
        if (_where >= 0)
        {
            _condition ??= cursor.From(_where);
        }
    }

    // UPDATE o SET … FROM orders o changes orders in SQL Server and MySQL, and is an error here.
    private readonly bool IsAliasLikeTarget(in SqlCursor cursor)
        => cursor.IsTop && cursor.IsName && (cursor.AfterName || cursor.After("AS") || cursor.After(")"))
            && cursor.Text.Equals(statement.Name, StringComparison.OrdinalIgnoreCase);
}
