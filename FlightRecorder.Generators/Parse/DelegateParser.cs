using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>The plan of a lambda, local function or method that carries a rule itself.</summary>
internal static class DelegateParser
{
    public static Fragment Parse(IMethodSymbol method, SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        if (!IsRecorded(method))
        {
            return Fragment.Empty;
        }

        RuleModel[] rules = [.. RuleParser.Rules(method, semantics.Compilation)];
        var graph = new TypeGraph(semantics.Compilation, MapKind.Body);
        HandlerBodies bodies = HandlerBodies.Of(method, graph, semantics.Compilation);
        var plan = new PlanModel
        {
            Name = Name(method, node, semantics, cancellation),
            Location = Places.Of(node),
            Identity = Identity(rules[0]),
            Rules = Allowed(rules, method).ToEquatableArray(),
            Request = bodies.Request,
            Response = bodies.Response,
            Parameters = bodies.Parameters,
            Bound = bodies.Bound,
            Headers = bodies.Headers,
            Save = SaveCalls.Of(method, semantics.Compilation),
        };
        return new Fragment { Plans = new[] { plan }.ToEquatableArray(), Maps = graph.ToMaps(), Shapes = graph.ToShapes() };
    }

    /// <summary>Whether the method carries a rule itself and is no action.</summary>
    public static bool IsRecorded(IMethodSymbol method)
        => method.Has(KnownNames.Record)
            && !method.Has(KnownNames.DoNotRecord)
            && !(method.MethodKind == MethodKind.Ordinary && Controllers.LooksLikeController(method.ContainingType));

    // Metadata of a method group does not carry the attributes of its class, and a rule without a plan would be recorded.
    private static IEnumerable<RuleModel> Allowed(RuleModel[] rules, IMethodSymbol method)
        => RuleLevels.IsExcluded(method.ContainingType) ? rules.Select(rule => rule with { Never = true }) : rules;

    private static IdentityModel Identity(RuleModel first) => new()
    {
        Kind = IdentityKind.Delegate,
        Type = null,
        Method = null,
        ParameterTypes = EquatableArray<string>.Empty,
        File = first.File,
        Line = first.Line,
    };

    private static string Name(IMethodSymbol method, SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        if (method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction)
        {
            return $"{method.ContainingType.Name}.{method.Name}";
        }

        return Call(node) is { } call ? CallName(call, semantics, cancellation) : $"lambda in {Owner(method)}";
    }

    // The call a lambda is handed to, also through a cast or parentheses.
    private static InvocationExpressionSyntax? Call(SyntaxNode lambda)
    {
        SyntaxNode? parent = lambda.Parent;
        while (parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            parent = parent.Parent;
        }

        return parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? call : null;
    }

    private static string CallName(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        string name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "call",
        };
        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
        {
            if (semantics.GetConstantValue(argument.Expression, cancellation) is { HasValue: true, Value: string text })
            {
                return $"{name}({SymbolDisplay.FormatLiteral(text, quote: true)})";
            }
        }

        return $"{name}(…)";
    }

    private static string Owner(IMethodSymbol lambda)
    {
        ISymbol owner = lambda.ContainingSymbol;
        while (owner is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.AnonymousFunction })
        {
            owner = owner.ContainingSymbol;
        }

        return owner is IMethodSymbol { CanBeReferencedByName: true } ? $"{lambda.ContainingType.Name}.{owner.Name}" : lambda.ContainingType.Name;
    }
}
