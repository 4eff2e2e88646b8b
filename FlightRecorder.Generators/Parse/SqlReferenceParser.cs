using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// SQL that is handed to a database by the name of a constant which others may use too, or is put together beginning with such a
/// name. It has no location: from where else it is sent is not known.
/// </summary>
internal static class SqlReferenceParser
{
    /// <summary>A name, or a concatenation that begins with one, where SQL may be taken.</summary>
    public static bool IsCandidate(SyntaxNode node)
        => node is IdentifierNameSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
            && node.Parent switch
            {
                ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => SqlSink.MayTake(call),
                ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax created } => SqlSink.IsCommand(created.Type),
                AssignmentExpressionSyntax assignment => assignment.Right == node && SqlSink.IsCommandText(assignment.Left),
                _ => false,
            }
            && !BeginsWithLiteral((ExpressionSyntax)node);

    public static Fragment Parse(ExpressionSyntax sql, SemanticModel semantics, CancellationToken cancellation)
        => SqlTexts.Constant(sql, semantics, cancellation) is { } text
            && StatementReader.Begins(text.AsSpan())
            && !IsFollowedByName(sql, semantics, cancellation)
            && SqlSink.Of(sql, semantics, cancellation) is { } sink
            && SqlTexts.Sent(sql, sink.Form, semantics, cancellation) is { } sent
                ? new Fragment { Sql = new[] { new SqlUseModel { Text = sent, Place = null, IsSent = true } }.ToEquatableArray() }
                : Fragment.Empty;

    // Locals, and fields that only their own type sees, are followed from where they are written.
    private static bool IsFollowedByName(ExpressionSyntax sql, SemanticModel semantics, CancellationToken cancellation)
        => sql is not BinaryExpressionSyntax
            && semantics.GetSymbolInfo(sql, cancellation).Symbol is { } symbol
            && (symbol is ILocalSymbol || symbol is { DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 });

    private static bool BeginsWithLiteral(ExpressionSyntax sql)
    {
        while (sql is BinaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            sql = sql is BinaryExpressionSyntax sum ? sum.Left : ((ParenthesizedExpressionSyntax)sql).Expression;
        }

        return sql is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax;
    }
}
