using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FlightRecorder.Generators.CodeFixes;

/// <summary>Writes marks as text, so that the rest of a line stays as its author formatted it.</summary>
internal static class Marks
{
    public static async Task<Document> AddAsync(Document document, IEnumerable<Diagnostic> found, string mark, CancellationToken cancellation)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SemanticModel semantics = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        SyntaxNode[] members = [.. found.Select(diagnostic => Member(root, diagnostic.Location.SourceSpan)).OfType<SyntaxNode>().Distinct()];
        MarkName name = MarkName.At(members[0].SpanStart, mark, semantics);
        IEnumerable<TextChange> changes = members.Select(member => Insertion(member, name.Text, text));
        return document.WithText(text.WithChanges(name.NeedsUsing ? changes.Prepend(Usings.Add((CompilationUnitSyntax)root, text)) : changes));
    }

    private static SyntaxNode? Member(SyntaxNode root, TextSpan identifier)
        => root.FindToken(identifier.Start).Parent?.FirstAncestorOrSelf<SyntaxNode>(node => node is PropertyDeclarationSyntax or FieldDeclarationSyntax or ParameterSyntax);

    private static TextChange Insertion(SyntaxNode member, string mark, SourceText text) => member switch
    {
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } positional => Before(positional.AttributeLists, positional, $"[property: {mark}] "),
        ParameterSyntax parameter => Before(parameter.AttributeLists, parameter, $"[{mark}] "),
        MemberDeclarationSyntax declaration => BeforeMember(declaration, mark, text),
        _ => default,
    };

    // Behind the attributes that are there, on a line of its own where the member begins one.
    private static TextChange BeforeMember(MemberDeclarationSyntax member, string mark, SourceText text)
    {
        int start = Start(member.AttributeLists, member);
        TextLine line = text.Lines.GetLineFromPosition(start);
        string indent = text.ToString(TextSpan.FromBounds(line.Start, start));
        string ending = indent.Trim().Length == 0 ? LineEnd(line, text) + indent : " ";
        return new TextChange(new TextSpan(start, 0), $"[{mark}]{ending}");
    }

    private static TextChange Before(SyntaxList<AttributeListSyntax> lists, SyntaxNode node, string insertion) => new(new TextSpan(Start(lists, node), 0), insertion);

    private static int Start(SyntaxList<AttributeListSyntax> lists, SyntaxNode node)
        => lists.Count == 0 ? node.SpanStart : lists.Last().GetLastToken().GetNextToken().SpanStart;

    /// <summary>The line's own end, so that a file keeps the one it has.</summary>
    public static string LineEnd(TextLine line, SourceText text)
        => line.EndIncludingLineBreak > line.End ? text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : "\n";
}
