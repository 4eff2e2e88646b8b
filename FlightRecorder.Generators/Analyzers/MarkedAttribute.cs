using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>An attribute as written, with the symbol it applies to; lambdas and local functions included.</summary>
internal sealed class MarkedAttribute
{
    private MarkedAttribute(AttributeSyntax syntax, AttributeData data, ISymbol target, SyntaxNode targetNode)
    {
        Syntax = syntax;
        Data = data;
        Target = target;
        TargetNode = targetNode;
    }

    public AttributeSyntax Syntax { get; }

    public AttributeData Data { get; }

    public ISymbol Target { get; }

    public SyntaxNode TargetNode { get; }

    /// <summary>The attribute when it is the named one, else null.</summary>
    public static MarkedAttribute? Find(AttributeSyntax syntax, string attribute, SemanticModel semantics, CancellationToken cancellation)
    {
        if (!AttributeNames.Matches(syntax.Name, attribute)
            || semantics.GetSymbolInfo(syntax, cancellation).Symbol?.ContainingType is not { } type
            || !type.IsNamed(attribute)
            || syntax.Parent?.Parent is not { } node)
        {
            return null;
        }

        foreach (ISymbol target in Targets(node, syntax, semantics, cancellation))
        {
            if (target.GetAttributes().FirstOrDefault(data => IsAt(data, syntax)) is { } data)
            {
                return new MarkedAttribute(syntax, data, target, node);
            }
        }

        return null;
    }

    /// <summary>The argument of that name, or the whole attribute.</summary>
    public Location Argument(string name)
        => (Syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name) as SyntaxNode ?? Syntax).GetLocation();

    private static bool IsAt(AttributeData data, AttributeSyntax syntax)
        => data.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == syntax.SyntaxTree && reference.Span == syntax.Span;

    private static IEnumerable<ISymbol> Targets(SyntaxNode node, AttributeSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        if (node is CompilationUnitSyntax)
        {
            return [semantics.Compilation.Assembly];
        }

        if (node is BaseFieldDeclarationSyntax fields)
        {
            return fields.Declaration.Variables.Select(variable => semantics.GetDeclaredSymbol(variable, cancellation)).OfType<ISymbol>();
        }

        ISymbol? declared = node is AnonymousFunctionExpressionSyntax
            ? semantics.GetSymbolInfo(node, cancellation).Symbol
            : semantics.GetDeclaredSymbol(node, cancellation);
        return declared is null ? [] : WithTargeted(declared, (AttributeListSyntax)syntax.Parent!);
    }

    // [property: …] on a positional parameter and [field: …] on an automatic property mean another symbol than the one written on.
    private static IEnumerable<ISymbol> WithTargeted(ISymbol declared, AttributeListSyntax list)
    {
        yield return declared;
        string? target = list.Target?.Identifier.ValueText;
        if (target is null)
        {
            yield break;
        }

        foreach (ISymbol member in (declared.ContainingType ?? declared as INamedTypeSymbol)?.GetMembers() ?? [])
        {
            bool isProperty = target == "property" && member is IPropertySymbol && member.Name == declared.Name;
            bool isField = target == "field" && member is IFieldSymbol field
                && (SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, declared) || field.AssociatedSymbol?.Name == declared.Name);
            if (isProperty || isField)
            {
                yield return member;
            }
        }
    }
}
