using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// Lambdas and local functions handed to <c>Map…</c> calls that owe their rule to the assembly. No plan can be made for them, because
/// metadata does not tell them apart; what they lead to is recorded all the same.
/// </summary>
internal static class AssemblyHandlers
{
    /// <summary>Whether the lambda is an argument of a call that may map an endpoint.</summary>
    public static bool IsMapped(AnonymousFunctionExpressionSyntax lambda) => Call(lambda) is not null;

    /// <summary>The lambda, when the framework is given it and it says nothing of recording itself.</summary>
    public static IMethodSymbol? OfLambda(AnonymousFunctionExpressionSyntax lambda, SemanticModel semantics)
        => Call(lambda) is { } call && Maps(call, semantics) && semantics.GetSymbolInfo(lambda).Symbol is IMethodSymbol method && IsOpen(method) ? method : null;

    /// <summary>The local functions handed over.</summary>
    public static IEnumerable<IMethodSymbol> LocalFunctions(InvocationExpressionSyntax call, SemanticModel semantics)
        => Maps(call, semantics)
            ? call.ArgumentList.Arguments
                .Where(argument => argument.Expression is IdentifierNameSyntax)
                .Select(argument => semantics.GetSymbolInfo(argument.Expression))
                .Select(info => info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null))
                .OfType<IMethodSymbol>()
                .Where(method => method.MethodKind == MethodKind.LocalFunction && IsOpen(method))
            : [];

    private static InvocationExpressionSyntax? Call(AnonymousFunctionExpressionSyntax lambda)
    {
        SyntaxNode? parent = lambda.Parent;
        while (parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            parent = parent.Parent;
        }

        return parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call }
            && access.Name.Identifier.ValueText.StartsWith("Map", StringComparison.Ordinal)
                ? call
                : null;
    }

    private static bool Maps(InvocationExpressionSyntax call, SemanticModel semantics)
        => semantics.GetSymbolInfo(call).Symbol?.ContainingType.IsNamed(KnownNames.EndpointRouteBuilderExtensions) is true;

    private static bool IsOpen(IMethodSymbol method) => !method.Has(KnownNames.Record) && !method.Has(KnownNames.DoNotRecord);
}
