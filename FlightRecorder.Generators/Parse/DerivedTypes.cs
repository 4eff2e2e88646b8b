using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// The types of the compilation and its references by their bases and interfaces: serializers write a value by its run-time type, so what a
/// derived class marks must be hidden where its base is declared.
/// </summary>
internal sealed class DerivedTypes
{
    private const string RuntimeAssembly = "FlightRecorder.Runtime";

    // Built once for a compilation and gone with it.
    private static readonly ConditionalWeakTable<Compilation, DerivedTypes> s_known = new();

    private readonly ILookup<ISymbol?, INamedTypeSymbol> _byBase;

    private DerivedTypes(Compilation compilation)
        => _byBase = MarkingReferences(compilation)
            .Prepend(compilation.Assembly)
            .SelectMany(assembly => AllTypes.Of(assembly.GlobalNamespace))
            .Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct && !type.IsStatic)
            .SelectMany(type => type.SelfAndBases().Skip(1).Concat(type.AllInterfaces).Select(parent => (parent, type)))
            .Where(pair => !TypeShapes.IsFramework(pair.parent))
            .ToLookup(pair => (ISymbol?)(pair.type.IsGenericType ? pair.parent.OriginalDefinition : pair.parent), pair => pair.type, SymbolEqualityComparer.Default);

    public static DerivedTypes Of(Compilation compilation) => s_known.GetValue(compilation, current => new DerivedTypes(current));

    public IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol type)
        => type.IsGenericType ? _byBase[type].Concat(_byBase[type.OriginalDefinition].Select(derived => Close(derived, type))).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default) : _byBase[type];

    // Cat<T> : Animal<T> of an Animal<int> is a Cat<int>; where the parameters are not handed on as they are, they stay open, which can be anything.
    private static INamedTypeSymbol Close(INamedTypeSymbol derived, INamedTypeSymbol type)
        => derived.Arity == type.Arity && derived.Arity > 0 && derived.ContainingType is null && derived.SelfAndBases().Concat(derived.AllInterfaces).Any(parent
            => SymbolEqualityComparer.Default.Equals(parent.OriginalDefinition, type.OriginalDefinition)
                && Enumerable.SequenceEqual<ISymbol>(parent.TypeArguments, derived.TypeArguments, SymbolEqualityComparer.Default))
            ? derived.Construct([.. type.TypeArguments])
            : derived;

    /// <summary>The references that may hold marks: only an assembly that references the runtime can.</summary>
    public static IEnumerable<IAssemblySymbol> MarkingReferences(Compilation compilation)
        => compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == RuntimeAssembly)))
            .Where(assembly => !assembly.Name.StartsWith("FlightRecorder.", StringComparison.Ordinal));
}
