using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>What a file says about recording, as far as syntax tells. Looked for once: an edit leaves the trees of other files as they are.</summary>
internal sealed class RuleSyntax
{
    private static readonly string[] s_runtimeRules = ["RecordEverything", "WithFlightRecorder"];
    private static readonly ConditionalWeakTable<SyntaxTree, RuleSyntax> s_known = new();

    private RuleSyntax(SyntaxTree tree)
    {
        SyntaxNode[] nodes = [.. tree.GetRoot().DescendantNodes()];
        Handlers = [.. nodes.OfType<AttributeSyntax>().Where(attribute => AttributeNames.Matches(attribute.Name, KnownNames.Record)).Select(Handler).OfType<SyntaxNode>().Distinct()];
        Maps = [.. nodes.Where(MethodGroupParser.IsCandidate).OfType<InvocationExpressionSyntax>()];
        Lambdas = [.. nodes.OfType<AnonymousFunctionExpressionSyntax>().Where(AssemblyHandlers.IsMapped)];
        HasRuntimeRules = nodes.OfType<SimpleNameSyntax>().Any(name => s_runtimeRules.Contains(name.Identifier.ValueText))
            || nodes.OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Record" });
    }

    /// <summary>The lambdas, local functions and methods that carry a rule.</summary>
    public IReadOnlyList<SyntaxNode> Handlers { get; }

    /// <summary>The calls that may hand methods to the framework.</summary>
    public IReadOnlyList<InvocationExpressionSyntax> Maps { get; }

    /// <summary>The lambdas that may be handed to the framework.</summary>
    public IReadOnlyList<AnonymousFunctionExpressionSyntax> Lambdas { get; }

    /// <summary>Whether rules are given, or databases recorded, in a way that is decided at run time.</summary>
    public bool HasRuntimeRules { get; }

    public static RuleSyntax Of(SyntaxTree tree) => s_known.GetValue(tree, current => new RuleSyntax(current));

    private static SyntaxNode? Handler(AttributeSyntax attribute)
        => attribute.Parent?.Parent is { } node and (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) ? node : null;
}
