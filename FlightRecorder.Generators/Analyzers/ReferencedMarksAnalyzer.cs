using System.Collections.Immutable;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Finds references that carry marks and were built without the generator.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReferencedMarksAnalyzer : DiagnosticAnalyzer
{
    private const int MaxNamed = 3;

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SecrecyDescriptors.MarksNotCompiled];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationAction(Analyze);
    }

    private static void Analyze(CompilationAnalysisContext context)
    {
        foreach (IAssemblySymbol assembly in DerivedTypes.MarkingReferences(context.Compilation).Where(assembly => !HasGeneratedCode(assembly)))
        {
            string[] types = [.. Unmapped(assembly, context.Compilation).Select(TypeShapes.NameOf)];
            if (types.Length > 0)
            {
                string named = string.Join(", ", types.Take(MaxNamed).Select(type => $"'{type}'")) + (types.Length > MaxNamed ? ", …" : "");
                context.ReportDiagnostic(Diagnostic.Create(SecrecyDescriptors.MarksNotCompiled, Location.None, assembly.Name, named));
            }
        }
    }

    // Types that something recorded here leads to have their maps here.
    private static IEnumerable<INamedTypeSymbol> Unmapped(IAssemblySymbol assembly, Compilation compilation)
        => RecordedReach.Of(compilation) is { IsEmpty: false, AppliesAllNames: true } reach
            ? AllTypes.Of(assembly.GlobalNamespace).Where(type => IsMarked(type) && !reach.Holds(type)).OrderBy(type => type.FullName(), StringComparer.Ordinal)
            : [];

    private static bool IsMarked(INamedTypeSymbol type)
        => type.Has(KnownNames.Redact)
            || type.GetMembers().Any(member => member is IPropertySymbol or IFieldSymbol && member.Has(KnownNames.Redact))
            || type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Has(KnownNames.Redact)));

    private static bool HasGeneratedCode(IAssemblySymbol assembly)
        => assembly.GlobalNamespace.GetNamespaceMembers().FirstOrDefault(space => space.Name == "FlightRecorder")?
            .GetNamespaceMembers().Any(space => space.Name == "Generated") is true;
}
