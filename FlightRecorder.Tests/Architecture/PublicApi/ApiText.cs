using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Architecture;

/// <summary>What users of an assembly can see, as text: each type with its members below it, one a line, by name.</summary>
internal static class ApiText
{
    public static string Of(string assemblyPath) => Of(MetadataReference.CreateFromFile(assemblyPath));

    public static string Of(MetadataReference assembly)
    {
        IAssemblySymbol symbol = ApiCompilation.Load(assembly);
        return string.Concat(Types(symbol.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal).Select(Print));
    }

    private static string Print(INamedTypeSymbol type)
        => string.Join('\n', [Declarations.Head(type), .. Members(type).Select(member => "    " + member)]) + "\n\n";

    private static IEnumerable<string> Members(INamedTypeSymbol type)
        => type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers().Where(IsShown)
            .Select(member => (member.Name, Text: Declarations.Member(member)))
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => member.Text);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent)
    {
        foreach (ISymbol member in parent.GetMembers())
        {
            switch (member)
            {
                case INamespaceSymbol space:
                    foreach (INamedTypeSymbol type in Types(space))
                    {
                        yield return type;
                    }

                    break;
                case INamedTypeSymbol type when IsVisible(type):
                    yield return type;
                    foreach (INamedTypeSymbol nested in Types(type))
                    {
                        yield return nested;
                    }

                    break;
            }
        }
    }

    // Accessors are part of their property; nested types stand for themselves; a record's own members follow from its being one.
    private static bool IsShown(ISymbol member)
        => IsVisible(member)
            && !member.IsImplicitlyDeclared
            && member is not INamedTypeSymbol
            && member is not IMethodSymbol { AssociatedSymbol: not null }
            && !(member is IMethodSymbol && Declarations.Has(member, "CompilerGeneratedAttribute"))
            && !(member.ContainingType.TypeKind == TypeKind.Enum && member is not IFieldSymbol);

    private static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Protected or Accessibility.ProtectedOrInternal => !symbol.ContainingType.IsSealed,
        _ => false,
    };
}
