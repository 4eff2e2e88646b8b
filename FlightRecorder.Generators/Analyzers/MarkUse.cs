using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Whether a mark that can be reached is reached by anything that is recorded.</summary>
internal static class MarkUse
{
    /// <summary>What nothing recorded leads to: the type, or the handler, by name; null where the mark counts, or may count elsewhere.</summary>
    public static string? Unused(ISymbol marked, Compilation compilation)
        => marked is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } method }
            ? OfParameter(method, compilation)
            : Holder(marked) is { } type && IsOnlyHere(type, compilation) ? OfType(type, RecordedReach.Of(compilation)) : null;

    private static string? OfType(INamedTypeSymbol type, RecordedReach reach)
        => reach.IsEmpty || reach.AppliesAllNames || reach.Holds(type) || reach.IsHidden(type) ? null : type.Name;

    // Which handlers the rules of the assembly, or those given at run time, come to apply to is not seen here.
    private static string? OfParameter(IMethodSymbol method, Compilation compilation)
        => RecordedReach.Of(compilation) is { IsEmpty: false, HasOpenRules: false } reach && !reach.IsHandler(method) ? method.Name is "" ? "the lambda" : method.Name : null;

    private static INamedTypeSymbol? Holder(ISymbol marked) => marked as INamedTypeSymbol ?? marked.ContainingType;

    // What other assemblies see may be recorded by them.
    private static bool IsOnlyHere(INamedTypeSymbol type, Compilation compilation)
        => compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary || !IsVisibleOutside(type);

    private static bool IsVisibleOutside(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }
}
