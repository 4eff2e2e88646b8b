using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>A local or field that holds a text: where its name occurs, as far as one file tells.</summary>
internal sealed class SqlVariable
{
    private SqlVariable(bool isClosed, IReadOnlyList<ExpressionSyntax> references)
    {
        IsClosed = isClosed;
        References = references;
    }

    /// <summary>Whether its name can't occur anywhere else.</summary>
    public bool IsClosed { get; }

    /// <summary>Its name with what qualifies it. One of a like-named thing counts too: then it is not the only one.</summary>
    public IReadOnlyList<ExpressionSyntax> References { get; }

    public static SqlVariable Of(VariableDeclaratorSyntax variable)
    {
        SyntaxNode? scope = variable.Ancestors().FirstOrDefault(IsScope);
        bool isClosed = variable.Parent?.Parent is LocalDeclarationStatementSyntax || IsPrivate(variable, scope);
        string name = variable.Identifier.ValueText;
        return new SqlVariable(isClosed, scope is null ? [] :
        [
            .. scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(found => found.Identifier.ValueText == name).Select(Qualified),
        ]);
    }

    // A local's scope may be the whole file, of top-level statements.
    private static bool IsScope(SyntaxNode node) => node is BlockSyntax or SwitchSectionSyntax or TypeDeclarationSyntax or CompilationUnitSyntax;

    private static bool IsPrivate(VariableDeclaratorSyntax variable, SyntaxNode? type)
        => variable.Parent?.Parent is FieldDeclarationSyntax { Modifiers: var modifiers }
            && !modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword))
            && type is TypeDeclarationSyntax declared
            && !declared.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PartialKeyword));

    private static ExpressionSyntax Qualified(IdentifierNameSyntax name)
        => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
}
