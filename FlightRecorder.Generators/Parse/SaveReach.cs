using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// Whether a handler's calls can lead to a save other than its own. Calls of the framework and of data libraries can't; those of
/// the app's own methods are followed a few steps; whatever an interface, a virtual method or a delegate stands for is not known.
/// </summary>
internal sealed class SaveReach(SyntaxNode handler, Compilation compilation)
{
    private const int MaxDepth = 3;

    private static readonly string[] s_harmless =
        ["System", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.EntityFrameworkCore", "FlightRecorder", "Dapper", "Npgsql", "netstandard", "mscorlib"];

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    public bool IsOnlyOne(SemanticModel semantics) => AreHarmless(handler, semantics, MaxDepth);

    private bool AreHarmless(SyntaxNode node, SemanticModel semantics, int depth)
        => node.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .All(call => IsNameOf(call) || IsHarmless(semantics.GetSymbolInfo(call).Symbol, depth));

    private bool IsHarmless(ISymbol? symbol, int depth) => symbol is IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method
        && (SaveCalls.IsSave(method) || IsInside(method) || IsOfLibrary(method) || IsHarmlessSource(method, depth));

    // Its calls are the handler's own.
    private bool IsInside(IMethodSymbol method)
        => method is { MethodKind: MethodKind.LocalFunction, DeclaringSyntaxReferences: [{ } declaration] }
            && declaration.SyntaxTree == handler.SyntaxTree
            && handler.Span.Contains(declaration.Span);

    // Identity saves users by itself.
    private static bool IsOfLibrary(IMethodSymbol method)
        => method.ContainingAssembly?.Name is { } assembly
            && assembly.IndexOf("Identity", StringComparison.Ordinal) < 0
            && s_harmless.Any(known => assembly == known || assembly.StartsWith(known + ".", StringComparison.Ordinal));

    private bool IsHarmlessSource(IMethodSymbol method, int depth)
    {
        if (method is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } || method.DeclaringSyntaxReferences.Length != 1)
        {
            return false;
        }

        if (!_seen.Add(method.OriginalDefinition))
        {
            return true;
        }

        SyntaxNode node = method.DeclaringSyntaxReferences[0].GetSyntax();
        return depth > 0 && SaveCalls.Names(node).Length == 0 && AreHarmless(node, compilation.GetSemanticModel(node.SyntaxTree), depth - 1);
    }

    private static bool IsNameOf(InvocationExpressionSyntax call) => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" };
}
