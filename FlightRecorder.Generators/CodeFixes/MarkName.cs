using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.CodeFixes;

/// <summary>How a mark is written at a place in source.</summary>
internal readonly struct MarkName(string text, bool needsUsing)
{
    private const string Namespace = "FlightRecorder";

    public string Text => text;

    public bool NeedsUsing => needsUsing;

    public static MarkName At(int position, string mark, SemanticModel semantics)
    {
        ISymbol[] found = [.. new[] { mark, mark + "Attribute" }.SelectMany(name => semantics.LookupNamespacesAndTypes(position, name: name))];
        bool isOthers = found.Any(symbol => symbol.ContainingNamespace?.ToDisplayString() != Namespace);
        return isOthers ? new MarkName($"global::{Namespace}.{mark}", needsUsing: false) : new MarkName(mark, needsUsing: found.Length == 0);
    }
}
