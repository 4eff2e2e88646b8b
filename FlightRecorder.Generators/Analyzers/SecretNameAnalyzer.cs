using System.Collections.Immutable;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Asks for a decision about members and parameters that are recorded and have a secret's name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretNameAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SecrecyDescriptors.SecretNameUnmarked];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.PropertyDeclaration, SyntaxKind.VariableDeclarator, SyntaxKind.Parameter);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (Candidate(context.Node) is { } name
            && context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is { } symbol
            && SecretName(symbol, name.ValueText, context.Compilation) is { } secret)
        {
            context.ReportDiagnostic(Diagnostic.Create(SecrecyDescriptors.SecretNameUnmarked, name.GetLocation(), secret));
        }
    }

    // By syntax alone: a secret's name, or an attribute that may give the member another name.
    private static SyntaxToken? Candidate(SyntaxNode node) => node switch
    {
        PropertyDeclarationSyntax property when IsSecret(property.Identifier.ValueText) || property.AttributeLists.Count > 0 => property.Identifier,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } variable when IsSecret(variable.Identifier.ValueText) || field.AttributeLists.Count > 0 => variable.Identifier,
        ParameterSyntax parameter when IsSecret(parameter.Identifier.ValueText) || parameter.AttributeLists.Count > 0 => parameter.Identifier,
        _ => null,
    };

    private static string? SecretName(ISymbol symbol, string name, Compilation compilation) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
            => Positional(constructor, name) is { } property ? OfMember(property, compilation) : null,
        IParameterSymbol parameter => OfParameter(parameter, compilation),
        IPropertySymbol or IFieldSymbol => OfMember(symbol, compilation),
        _ => null,
    };

    private static ISymbol? Positional(IMethodSymbol constructor, string name)
        => constructor.ContainingType.IsRecord
            ? constructor.ContainingType.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(property => IsAt(property, constructor.Parameters.First(parameter => parameter.Name == name)))
            : null;

    private static bool IsAt(IPropertySymbol property, IParameterSymbol parameter)
        => property.DeclaringSyntaxReferences.FirstOrDefault()?.Span == parameter.DeclaringSyntaxReferences.FirstOrDefault()?.Span;

    // An override is marked by what it overrides.
    private static string? OfMember(ISymbol symbol, Compilation compilation)
    {
        if (symbol is IPropertySymbol { OverriddenProperty: { } overridden } && overridden.Locations.Any(location => location.IsInSource))
        {
            return null;
        }

        return new[] { MapKind.Body, MapKind.Row }
            .SelectMany(kind => TypeMembers.Of(symbol.ContainingType, kind).Where(member => SymbolEqualityComparer.Default.Equals(member.Symbol, symbol)).Where(member => IsOpenSecret(member, kind, compilation)))
            .SelectMany(member => member.Names)
            .FirstOrDefault(IsSecret);
    }

    private static bool IsOpenSecret(TypeMember member, MapKind kind, Compilation compilation)
    {
        bool isUnmarked = member.Mode is null && !member.Revealed && member.Names.Any(IsSecret) && !IsWhole(member.Type);
        return isUnmarked && (kind == MapKind.Body
            ? RecordedReach.Of(compilation).IsBody(member.Symbol.ContainingType)
            : IsMappedColumn(member) && RecordedReach.Of(compilation).IsRow(member.Symbol.ContainingType));
    }

    // EF Core maps public properties that can be set; private ones only where it is told to, and that is not seen here.
    private static bool IsMappedColumn(TypeMember member) => member.Symbol is IPropertySymbol { DeclaredAccessibility: Accessibility.Public } && member.IsFilled;

    private static bool IsWhole(ITypeSymbol type) => TypeShapes.Unwrap(type) is INamedTypeSymbol named && named.SelfAndBases().Any(current => current.Has(KnownNames.Redact));

    private static string? OfParameter(IParameterSymbol parameter, Compilation compilation)
    {
        string name = ParameterRules.Name(parameter);
        bool isUnmarked = IsSecret(name) && !parameter.Has(KnownNames.Redact) && !parameter.Has(KnownNames.Reveal);
        return isUnmarked && Binding.Of(parameter) == BindingSource.Value && Binding.HoldsText(parameter) && parameter.ContainingSymbol is IMethodSymbol method && RecordedReach.Of(compilation).IsHandler(method) ? name : null;
    }

    private static bool IsSecret(string name) => SecretNames.Contains(NameFold.Of(name).AsSpan());
}
