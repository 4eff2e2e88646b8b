using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FlightRecorder.Generators.CodeFixes;

/// <summary>Takes attributes out of the text, with the list or the line that would be left empty.</summary>
internal static class AttributeRemoval
{
    public static async Task<Document> ApplyAsync(Document document, IEnumerable<Diagnostic> found, CancellationToken cancellation)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        IEnumerable<AttributeSyntax> attributes = found
            .Select(diagnostic => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>())
            .OfType<AttributeSyntax>()
            .Distinct();
        return document.WithText(text.WithChanges(attributes.Select(attribute => new TextChange(Extent(attribute, text), ""))));
    }

    private static TextSpan Extent(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        int index = list.Attributes.IndexOf(attribute);
        return list.Attributes.Count == 1 ? OfList(list.Span, text)
            : index == 0 ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
            : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
    }

    private static TextSpan OfList(TextSpan list, SourceText text)
    {
        TextLine line = text.Lines.GetLineFromPosition(list.Start);
        bool isAlone = IsBlank(text, line.Start, list.Start) && list.End <= line.End && IsBlank(text, list.End, line.End);
        return isAlone ? line.SpanIncludingLineBreak : TextSpan.FromBounds(list.Start, AfterSpaces(text, list.End));
    }

    private static bool IsBlank(SourceText text, int from, int to) => text.ToString(TextSpan.FromBounds(from, to)).Trim().Length == 0;

    private static int AfterSpaces(SourceText text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
