using System.Globalization;
using System.Text;
using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>The text that an expression stands for, as it reaches the database.</summary>
internal static class SqlTexts
{
    /// <summary>The concatenation that the expression is a part of.</summary>
    public static ExpressionSyntax Whole(ExpressionSyntax part)
    {
        ExpressionSyntax whole = part;
        while (whole.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        return whole;
    }

    /// <summary>The text that a sink of that form sends; null where it is not known at compile time.</summary>
    public static string? Sent(ExpressionSyntax sql, SqlForm form, SemanticModel semantics, CancellationToken cancellation)
    {
        string? text = Constant(sql, semantics, cancellation) ?? (sql is InterpolatedStringExpressionSyntax interpolated && form != SqlForm.Plain ? Format(interpolated) : null);
        return form switch
        {
            SqlForm.Plain => text,
            SqlForm.Query when text is not null && WithParameters(text) is { } query => query.Replace("\r\n", "\n") + "\n",
            SqlForm.Format when text is not null => WithParameters(text),
            _ => null,
        };
    }

    public static string? Constant(ExpressionSyntax sql, SemanticModel semantics, CancellationToken cancellation) => sql switch
    {
        LiteralExpressionSyntax literal => literal.Token.Value as string,
        InterpolatedStringExpressionSyntax { Contents: var parts } when parts.OfType<InterpolationSyntax>().Any(part => part.Expression is InvocationExpressionSyntax) => null,
        _ => semantics.GetConstantValue(sql, cancellation).Value as string,
    };

    /// <summary>One place where a text stands that nobody sends from there.</summary>
    public static SqlUseModel Standing(string text) => new() { Text = text, Place = null, IsSent = false };

    // $"… {a} … {b}" is "… {0} … {1}"; a hole with a format of its own is not followed.
    private static string? Format(InterpolatedStringExpressionSyntax interpolated)
    {
        var text = new StringBuilder();
        int holes = 0;
        foreach (InterpolatedStringContentSyntax part in interpolated.Contents)
        {
            if (part is InterpolatedStringTextSyntax plain)
            {
                text.Append(plain.TextToken.ValueText.Replace("{", "{{").Replace("}", "}}"));
            }
            else if (part is InterpolationSyntax { AlignmentClause: null, FormatClause: null })
            {
                text.Append('{').Append(holes++.ToString(CultureInfo.InvariantCulture)).Append('}');
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }

    // EF Core names the parameters of {0} and {1} @p0 and @p1, and formats the text with these names.
    private static string? WithParameters(string format)
    {
        var text = new StringBuilder(format.Length);
        for (int at = 0; at < format.Length; at++)
        {
            char c = format[at];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
            }
            else if (at + 1 < format.Length && format[at + 1] == c)
            {
                text.Append(c);
                at++;
            }
            else
            {
                int end = c == '{' ? format.IndexOf('}', at) : -1;
                string hole = end < 0 ? "" : format.Substring(at + 1, end - at - 1);
                if (hole.Length is 0 or > 3 || !hole.All(char.IsDigit))
                {
                    return null;
                }

                text.Append("@p").Append(hole);
                at = end;
            }
        }

        return text.ToString();
    }
}
