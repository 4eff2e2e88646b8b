using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FlightRecorder.Generators.CodeFixes;

/// <summary>Adds <c>using FlightRecorder;</c> where the alphabet has it, <c>System</c> first.</summary>
internal static class Usings
{
    private const string Line = "using FlightRecorder;";

    public static TextChange Add(CompilationUnitSyntax root, SourceText text)
    {
        UsingDirectiveSyntax[] plain = [.. root.Usings.Where(directive => directive.Alias is null && directive.StaticKeyword == default && directive.GlobalKeyword == default)];
        if (plain.LastOrDefault(directive => IsBefore(directive.Name!.ToString())) is { } previous)
        {
            TextLine line = text.Lines.GetLineFromPosition(previous.Span.End);
            return new TextChange(new TextSpan(previous.Span.End, 0), Marks.LineEnd(line, text) + Line);
        }

        int start = plain.Length > 0 ? plain[0].SpanStart : FirstToken(root);
        string end = Marks.LineEnd(text.Lines.GetLineFromPosition(start), text);
        return new TextChange(new TextSpan(start, 0), Line + end + (plain.Length > 0 ? "" : end));
    }

    private static bool IsBefore(string name)
        => name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || string.CompareOrdinal(name, "FlightRecorder") < 0;

    // Behind global usings and what is said of the file, before what is said of its first declaration.
    private static int FirstToken(CompilationUnitSyntax root)
        => root.Usings.Count > 0 ? root.Usings.Last().GetLastToken().GetNextToken().SpanStart
            : root.AttributeLists.Count > 0 ? root.AttributeLists[0].SpanStart
            : BeforeDocs(root.Members[0].GetFirstToken());

    private static int BeforeDocs(SyntaxToken first)
    {
        SyntaxTrivia docs = first.LeadingTrivia.FirstOrDefault(trivia => trivia.GetStructure() is DocumentationCommentTriviaSyntax);
        return docs == default ? first.SpanStart : docs.FullSpan.Start;
    }
}
