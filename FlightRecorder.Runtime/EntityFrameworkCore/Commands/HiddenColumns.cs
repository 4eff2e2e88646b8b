using System.Runtime.CompilerServices;
using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The columns of one model whose values are hidden, for the parameters of queries: which one a parameter is compared with is
/// read from the words around it. Tables of entities that are not known or not recorded hide every parameter of a query.
/// </summary>
internal sealed class HiddenColumns
{
    private static readonly ConditionalWeakTable<IModel, HiddenColumns> ByModel = [];
    private static readonly HashSet<string> None = [];

    private readonly ContextRules _rules;
    private readonly HashSet<string> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _hidden = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _closedTables = new(StringComparer.OrdinalIgnoreCase);

    private HiddenColumns(IModel model, ContextRules rules)
    {
        _rules = rules;
        foreach (IEntityType entity in model.GetEntityTypes())
        {
            Add(entity, EntityRules.For(entity, rules));
        }
    }

    public static HiddenColumns Of(DbContext context)
    {
        ContextRules rules = ContextRulesCache.For(context.GetType());
        if (!ByModel.TryGetValue(context.Model, out HiddenColumns? known) || known._rules != rules)
        {
            ByModel.AddOrUpdate(context.Model, known = new HiddenColumns(context.Model, rules));
        }

        return known;
    }

    /// <summary>The parameters, without their prefix, that are compared with or written to a hidden column; null for all of them.</summary>
    public HashSet<string>? ParametersIn(string sql)
    {
        if (_hidden.Count == 0 && _closedTables.Count == 0)
        {
            return None;
        }

        var walk = new ParameterWalk(this);
        var scanner = new SqlScanner(sql);
        while (scanner.MoveNext())
        {
            if (scanner.IsName && IsIn(_closedTables, scanner.Token))
            {
                return null;
            }

            walk.Step(scanner);
        }

        return walk.Found;
    }

    private void Add(IEntityType entity, EntityRule rule)
    {
        if (rule.HidesParameters && entity.GetTableName() is { } table && !OwnedRows.IsFolded(entity))
        {
            _closedTables.Add(table);
        }

        Add(entity, rule.Map);
    }

    private void Add(ITypeBase type, RedactionMap? map)
    {
        foreach (IProperty property in type.GetProperties())
        {
            string? column = type.IsMappedToJson() ? type.GetContainerColumnName() : property.GetColumnName();
            if (column is null)
            {
                continue;
            }

            _columns.Add(column);
            if (map?.Hides(property.Name) == true)
            {
                _hidden.Add(column);
            }
        }

        foreach (IComplexProperty complex in type.GetComplexProperties())
        {
            Add(complex.ComplexType, map?.Nested(complex.Name));
        }
    }

    private static bool IsIn(HashSet<string> names, ReadOnlySpan<char> name)
        => names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    // "Password" = @p, lower("Password") = @p, "Password" IN (@p, @q): the last column before. @p = u."Password": the one right after.
    private ref struct ParameterWalk(HiddenColumns columns)
    {
        private bool _lastIsHidden;
        private string? _waiting;
        private bool _compared;

        public HashSet<string> Found { get; private set; } = None;

        public void Step(in SqlScanner scanner)
        {
            if (scanner.IsParameter)
            {
                _waiting = scanner.Token[1..].ToString();
                _compared = false;
                Take(_lastIsHidden);
            }
            else if (scanner.IsName)
            {
                Name(scanner.Token);
            }
            else if (scanner.Token is "=" or "<" or ">" or "!")
            {
                _compared = true;
            }
            else if (scanner.Token is not (")" or "."))
            {
                _waiting = null;
            }
        }

        private void Name(ReadOnlySpan<char> name)
        {
            if (!_compared)
            {
                _waiting = null;
            }

            if (IsIn(columns._columns, name))
            {
                _lastIsHidden = IsIn(columns._hidden, name);
                Take(_lastIsHidden);
                _waiting = null;
            }
        }

        private void Take(bool isHidden)
        {
            if (isHidden && _waiting is not null)
            {
                Found = Found == None ? new HashSet<string>(StringComparer.OrdinalIgnoreCase) : Found;
                Found.Add(_waiting);
            }
        }
    }
}
