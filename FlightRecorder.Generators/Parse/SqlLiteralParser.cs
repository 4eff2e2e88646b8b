using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// SQL that is written out: handed to a database right there, or by way of a local, constant or read-only field. Such text that
/// stands anywhere else counts too, because it may be handed over from there.
/// </summary>
internal static class SqlLiteralParser
{
    /// <summary>A literal that begins a text, and with a word that statements begin with.</summary>
    public static bool IsCandidate(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => Begins(literal.Token.ValueText) && IsFirst(literal),
        InterpolatedStringExpressionSyntax { Contents: { Count: > 0 } parts } text
            => parts[0] is InterpolatedStringTextSyntax plain && Begins(plain.TextToken.ValueText) && IsFirst(text),
        _ => false,
    };

    public static Fragment Parse(ExpressionSyntax first, SemanticModel semantics, CancellationToken cancellation)
    {
        ExpressionSyntax whole = SqlTexts.Whole(first);
        SqlUseModel[] uses = whole.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            ? ByName(whole, variable, semantics, cancellation)
            : AtOnce(whole, semantics, cancellation);
        return uses.Length == 0 ? Fragment.Empty : new Fragment { Sql = uses.ToEquatableArray() };
    }

    private static SqlUseModel[] AtOnce(ExpressionSyntax whole, SemanticModel semantics, CancellationToken cancellation)
    {
        if (SqlSink.Of(whole, semantics, cancellation) is { } sink)
        {
            return SqlTexts.Sent(whole, sink.Form, semantics, cancellation) is { } sent ? [new() { Text = sent, Place = sink.Place, IsSent = true }] : [];
        }

        return SqlTexts.Constant(whole, semantics, cancellation) is { } text ? [SqlTexts.Standing(text)] : [];
    }

    private static SqlUseModel[] ByName(ExpressionSyntax whole, VariableDeclaratorSyntax variable, SemanticModel semantics, CancellationToken cancellation)
    {
        if (SqlTexts.Constant(whole, semantics, cancellation) is not { } text)
        {
            return [];
        }

        SqlVariable names = SqlVariable.Of(variable);
        SqlSink[] sinks = [.. names.References.Select(reference => SqlSink.Of(reference, semantics, cancellation)).OfType<SqlSink>()];
        bool isSure = names.IsClosed && names.References.Count == 1 && sinks.Length == 1;
        SqlUseModel[] sent =
        [
            .. sinks.Select(sink => SqlTexts.Sent(whole, sink.Form, semantics, cancellation))
                .OfType<string>()
                .Distinct()
                .Select(sent => new SqlUseModel { Text = sent, Place = isSure ? sinks[0].Place : null, IsSent = true }),
        ];
        return sent.Length == 0 ? [SqlTexts.Standing(text)] : sent;
    }

    private static bool Begins(string text) => text.Length >= 3 && StatementReader.Begins(text.AsSpan());

    private static bool IsFirst(ExpressionSyntax literal)
    {
        ExpressionSyntax part = literal;
        while (part.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
        {
            if (part.Parent is BinaryExpressionSyntax sum && sum.Left != part)
            {
                return false;
            }

            part = (ExpressionSyntax)part.Parent;
        }

        return true;
    }
}
