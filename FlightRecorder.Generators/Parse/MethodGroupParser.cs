using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// The plan of a method that is handed to a <c>Map…</c> call and owes its rule to the assembly. Lambdas can't be told apart in
/// metadata without a rule of their own: for them the assembly's fallback applies.
/// </summary>
internal static class MethodGroupParser
{
    public static bool IsCandidate(SyntaxNode node)
        => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call
            && name.StartsWith("Map", StringComparison.Ordinal)
            && call.ArgumentList.Arguments.Any(argument => IsName(argument.Expression));

    public static Fragment Parse(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        Compilation compilation = semantics.Compilation;
        EquatableArray<RuleModel> rules = RuleParser.Rules(compilation.Assembly, compilation).ToEquatableArray();
        if (rules.Count == 0)
        {
            return Fragment.Empty;
        }

        var graph = new TypeGraph(compilation, MapKind.Body);
        PlanModel[] plans = [.. Methods(call, semantics, cancellation).Select(method => Plan(method, rules, graph, compilation))];
        return new Fragment { Plans = plans.ToEquatableArray(), Maps = graph.ToMaps(), Shapes = graph.ToShapes() };
    }

    /// <summary>The methods handed to a <c>Map…</c> call of the framework that a plan can be made for.</summary>
    public static IEnumerable<IMethodSymbol> Methods(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
        => semantics.GetSymbolInfo(call, cancellation).Symbol?.ContainingType.IsNamed(KnownNames.EndpointRouteBuilderExtensions) is not true
            ? []
            : call.ArgumentList.Arguments
                .Where(argument => IsName(argument.Expression))
                .Select(argument => Method(argument.Expression, semantics, cancellation))
                .OfType<IMethodSymbol>()
                .Where(method => IsExpressible(method, semantics.Compilation));

    // Converted to a plain Delegate, a method group has no symbol of its own, only a candidate; of several the compiler takes none.
    private static ISymbol? Method(ExpressionSyntax expression, SemanticModel semantics, CancellationToken cancellation)
    {
        SymbolInfo info = semantics.GetSymbolInfo(expression, cancellation);
        return info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null);
    }

    private static bool IsName(ExpressionSyntax expression) => expression is IdentifierNameSyntax or MemberAccessExpressionSyntax;

    // Metadata carries a [DoNotRecord] of the method, and a rule of its own is another parser's.
    private static bool IsExpressible(IMethodSymbol method, Compilation compilation)
        => method is { MethodKind: MethodKind.Ordinary, IsGenericMethod: false }
            && !method.Has(KnownNames.Record)
            && !method.Has(KnownNames.DoNotRecord)
            && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly)
            && method.ContainingType.IsNameable(compilation)
            && method.Parameters.All(parameter => parameter.Type.IsNameable(compilation));

    private static PlanModel Plan(IMethodSymbol method, EquatableArray<RuleModel> rules, TypeGraph graph, Compilation compilation)
    {
        HandlerBodies bodies = HandlerBodies.Of(method, graph, compilation);
        return new PlanModel
        {
            Name = $"{method.ContainingType.Name}.{method.Name}",
            Location = Places.Of(method) ?? "",
            Identity = Identity(method),
            Rules = RuleLevels.IsExcluded(method.ContainingType) ? rules.Select(rule => rule with { Never = true }).ToEquatableArray() : rules,
            Request = bodies.Request,
            Response = bodies.Response,
            Parameters = bodies.Parameters,
            Bound = bodies.Bound,
            Headers = bodies.Headers,
            Save = SaveCalls.Of(method, compilation),
        };
    }

    private static IdentityModel Identity(IMethodSymbol method) => new()
    {
        Kind = IdentityKind.MethodGroup,
        Type = method.ContainingType.FullName(),
        Method = method.Name,
        ParameterTypes = method.Parameters.Select(parameter => parameter.Type.FullName()).ToEquatableArray(),
        File = null,
        Line = 0,
    };
}
