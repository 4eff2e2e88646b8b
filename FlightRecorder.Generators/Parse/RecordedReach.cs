using System.Runtime.CompilerServices;
using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// What the rules of a compilation lead to: handlers, the types of their bodies, the rows of DbContexts. Found the way the generator finds it,
/// and only when an analyzer has something that depends on it.
/// </summary>
internal sealed class RecordedReach
{
    private static readonly ConditionalWeakTable<Compilation, Lazy<RecordedReach>> s_known = new();

    private readonly Compilation _compilation;
    private readonly TypeGraph _bodies;
    private readonly TypeGraph _rows;
    private readonly List<RecordedHandler> _handlers = [];
    private readonly HashSet<IMethodSymbol> _methods = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _bodyTypes;
    private readonly HashSet<INamedTypeSymbol> _rowTypes;
    private bool _hasContexts;

    private RecordedReach(Compilation compilation)
    {
        _compilation = compilation;
        _bodies = new TypeGraph(compilation, MapKind.Body);
        _rows = new TypeGraph(compilation, MapKind.Row);
        foreach (INamedTypeSymbol type in AllTypes.Of(compilation.Assembly.GlobalNamespace))
        {
            AddClass(type);
        }

        RuleSyntax[] files = [.. compilation.SyntaxTrees.Select(RuleSyntax.Of)];
        AddDelegates(files);
        AddMethodGroups(files);
        HasOpenRules = files.Any(file => file.HasRuntimeRules) || compilation.Assembly.Has(KnownNames.Record);
        _bodyTypes = WithParents(_bodies.Types);
        _rowTypes = WithParents(_rows.Types);
    }

    public IReadOnlyList<RecordedHandler> Handlers => _handlers;

    public bool IsEmpty => _handlers.Count == 0 && !_hasContexts && _rowTypes.Count == 0;

    /// <summary>Whether something is recorded where all marked names apply, whatever type declares them.</summary>
    public bool AppliesAllNames => HasOpenRules || _hasContexts || _bodies.MeetsUnknown || _handlers.Any(handler => (handler.UnknownRequest ?? handler.UnknownResponse) is not null);

    /// <summary>Whether rules may apply to more handlers than are known at compile time.</summary>
    public bool HasOpenRules { get; }

    public static RecordedReach Of(Compilation compilation)
        => s_known.GetValue(compilation, static current => new Lazy<RecordedReach>(() => new RecordedReach(current))).Value;

    public bool IsHandler(IMethodSymbol method) => _methods.Contains(method.OriginalDefinition);

    /// <summary>Whether values of the type are recorded, as a body, as a part of one, or as a row.</summary>
    public bool Holds(INamedTypeSymbol type) => IsBody(type) || IsRow(type);

    /// <summary>Whether values of the type are recorded, and hidden as a whole.</summary>
    public bool IsHidden(INamedTypeSymbol type) => _bodies.HiddenTypes.Concat(_rows.HiddenTypes).Contains(type, SymbolEqualityComparer.Default);

    public bool IsBody(INamedTypeSymbol type) => _bodyTypes.Contains(type.OriginalDefinition);

    public bool IsRow(INamedTypeSymbol type) => _rowTypes.Contains(type.OriginalDefinition);

    private void AddClass(INamedTypeSymbol type)
    {
        if (Controllers.IsController(type))
        {
            foreach ((IMethodSymbol action, EquatableArray<RuleModel> rules) in ControllerParser.Recorded(type, _compilation))
            {
                Add(action, rules, type);
            }
        }
        else if (ClassParser.MayHaveRows(type, _compilation))
        {
            AddRows(type);
        }
    }

    private void AddRows(INamedTypeSymbol type)
    {
        if (type.DerivesFrom(KnownNames.DbContext))
        {
            bool isRecorded = ContextParser.IsRecorded(type);
            _hasContexts |= isRecorded;
            foreach (INamedTypeSymbol entity in isRecorded ? EntityTypes.Of(type, _compilation).Where(entity => !RuleLevels.IsExcluded(entity)) : [])
            {
                _rows.AddDirect(entity);
            }
        }
        else if (EntityParser.IsRecorded(type))
        {
            _rows.AddDirect(type);
        }
    }

    private void AddDelegates(RuleSyntax[] files)
    {
        foreach (SyntaxNode node in files.SelectMany(file => file.Handlers))
        {
            SemanticModel semantics = _compilation.GetSemanticModel(node.SyntaxTree);
            if ((semantics.GetDeclaredSymbol(node) ?? semantics.GetSymbolInfo(node).Symbol) is IMethodSymbol method && DelegateParser.IsRecorded(method) && !RuleLevels.IsExcluded(method.ContainingType))
            {
                Add(method, [.. RuleParser.Rules(method, _compilation)], null);
            }
        }
    }

    private void AddMethodGroups(RuleSyntax[] files)
    {
        RuleModel[] rules = [.. RuleParser.Rules(_compilation.Assembly, _compilation)];
        if (rules.Length == 0)
        {
            return;
        }

        foreach (IMethodSymbol method in files.SelectMany(Mapped).Where(method => !RuleLevels.IsExcluded(method.ContainingType)))
        {
            Add(method, rules, null);
        }
    }

    private IEnumerable<IMethodSymbol> Mapped(RuleSyntax file)
    {
        IEnumerable<IMethodSymbol> named = file.Maps.SelectMany(call => _compilation.GetSemanticModel(call.SyntaxTree) is var semantics
            ? MethodGroupParser.Methods(call, semantics, default).Concat(AssemblyHandlers.LocalFunctions(call, semantics))
            : []);
        return named
            .Concat(file.Lambdas.Select(lambda => AssemblyHandlers.OfLambda(lambda, _compilation.GetSemanticModel(lambda.SyntaxTree))).OfType<IMethodSymbol>())
            .Distinct<IMethodSymbol>(SymbolEqualityComparer.Default);
    }

    private void Add(IMethodSymbol method, IReadOnlyCollection<RuleModel> rules, INamedTypeSymbol? controller)
    {
        _methods.Add(method.OriginalDefinition);
        _handlers.Add(new RecordedHandler(method, rules, controller, HandlerBodies.Of(method, _bodies, _compilation)));
        foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => Binding.Of(parameter) == BindingSource.Members))
        {
            _bodies.AddDirect(parameter.Type);
        }
    }

    // What a reached type inherits is declared by its bases, or by the interfaces of an interface.
    private static HashSet<INamedTypeSymbol> WithParents(IEnumerable<INamedTypeSymbol> types)
        => new(
            types.SelectMany(type => type.SelfAndBases().Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : [])).Select(type => type.OriginalDefinition),
            SymbolEqualityComparer.Default);
}
