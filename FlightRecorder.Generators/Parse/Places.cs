using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FlightRecorder.Generators.Parse;

/// <summary>Where symbols stand in source, as <c>path:line</c>.</summary>
internal static class Places
{
    /// <summary>The first place in source, or null for a symbol of another assembly.</summary>
    public static string? Of(ISymbol symbol)
        => symbol.Locations.FirstOrDefault(location => location.IsInSource) is { SourceTree: { } tree } location
            ? At(tree, location.SourceSpan)
            : null;

    /// <summary>The place of a handler's declaration: its name, or a lambda's parameter list.</summary>
    public static string Of(SyntaxNode handler) => At(handler.SyntaxTree, Name(handler));

    /// <summary>The place relative to the repository root; only the file's name when it lies elsewhere.</summary>
    public static string Relative(string place, string? root)
    {
        string path = place.Replace('\\', '/');
        string folder = (root ?? "").Replace('\\', '/').TrimEnd('/') + "/";
        StringComparison comparison = place.IndexOf('\\') >= 0 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return folder.Length > 1 && path.StartsWith(folder, comparison)
            ? path.Substring(folder.Length)
            : path.Substring(path.LastIndexOf('/') + 1);
    }

    /// <summary>The place of a part of a file.</summary>
    public static string At(SyntaxTree tree, TextSpan span)
        => FormattableString.Invariant($"{tree.FilePath}:{tree.GetLineSpan(span).StartLinePosition.Line + 1}");

    private static TextSpan Name(SyntaxNode handler) => handler switch
    {
        MethodDeclarationSyntax method => method.Identifier.Span,
        LocalFunctionStatementSyntax function => function.Identifier.Span,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Span,
        _ => handler.Span,
    };
}
