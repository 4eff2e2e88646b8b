using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// The save that a handler makes: when it is the only one, and nothing else that the handler calls can save in its stead. What
/// runs around the handler (filters, middleware) is not looked at.
/// </summary>
internal static class SaveCalls
{
    public static SaveModel? Of(IMethodSymbol handler, Compilation compilation)
    {
        if (handler.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } node || Names(node) is not [{ } name])
        {
            return null;
        }

        SemanticModel semantics = compilation.GetSemanticModel(node.SyntaxTree);
        return Call(name) is { } call
            && IsSave(semantics.GetSymbolInfo(call).Symbol)
            && Context(name, semantics) is { } context
            && context.IsNameable(compilation)
            && new SaveReach(node, compilation).IsOnlyOne(semantics)
                ? new SaveModel { Context = context.FullName(), Location = Places.At(name.SyntaxTree, name.Span) }
                : null;
    }

    /// <summary>Whether the symbol is a method that saves a DbContext.</summary>
    public static bool IsSave(ISymbol? symbol)
        => symbol is IMethodSymbol { Name: "SaveChanges" or "SaveChangesAsync" } method && method.ContainingType.DerivesFrom(KnownNames.DbContext);

    /// <summary>What is called as a save is, whatever it turns out to be.</summary>
    public static SimpleNameSyntax[] Names(SyntaxNode node)
        => [.. node.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText is "SaveChanges" or "SaveChangesAsync")];

    private static InvocationExpressionSyntax? Call(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Parent as InvocationExpressionSyntax,
        MemberBindingExpressionSyntax binding => binding.Parent as InvocationExpressionSyntax,
        _ => null,
    };

    private static ITypeSymbol? Context(SimpleNameSyntax name, SemanticModel semantics)
    {
        ExpressionSyntax? receiver = name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return receiver is not null && semantics.GetTypeInfo(receiver).Type is { } type && type.DerivesFrom(KnownNames.DbContext) ? type : null;
    }
}
