using System.Collections.Immutable;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Checks that what <c>[Redact]</c> marks is something a serializer, a binder or EF Core reaches.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RedactAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [TargetDescriptors.RedactionCannotReach, SecrecyDescriptors.RedactionWithoutEffect];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (MarkedAttribute.Find((AttributeSyntax)context.Node, KnownNames.Redact, context.SemanticModel, context.CancellationToken) is not { } mark)
        {
            return;
        }

        string name = mark.Target is IFieldSymbol { AssociatedSymbol: { } property } ? property.Name : mark.Target.Name;
        if (Fault(mark.Target, context.Compilation) is { } fault)
        {
            context.ReportDiagnostic(Diagnostic.Create(TargetDescriptors.RedactionCannotReach, mark.Syntax.GetLocation(), name, fault));
        }
        else if (MarkUse.Unused(mark.Target, context.Compilation) is { } holder)
        {
            context.ReportDiagnostic(Diagnostic.Create(SecrecyDescriptors.RedactionWithoutEffect, mark.Syntax.GetLocation(), name, holder));
        }
    }

    private static string? Fault(ISymbol target, Compilation compilation) => target switch
    {
        IPropertySymbol property => OfProperty(property, compilation),
        IFieldSymbol field => OfField(field, compilation),
        IParameterSymbol parameter => OfParameter(parameter),
        INamedTypeSymbol type => OfType(type),
        _ => null,
    };

    private static string? OfProperty(IPropertySymbol property, Compilation compilation)
        => property.IsStatic ? "static members are not serialized; mark an instance property"
            : property.IsIndexer ? "an indexer is not serialized; mark a property"
            : !property.ExplicitInterfaceImplementations.IsEmpty ? "an explicit implementation is not serialized; mark a public property"
            : TypeMembers.IsReached(property, MapKind.Body) || EntityUse.IsColumn(property, compilation) ? null
            : TypeMembers.IsAlwaysIgnored(property) ? "[JsonIgnore] keeps it out of every body; remove one of the two"
            : "it is not public, so it is not serialized; make it public or add [JsonInclude]";

    private static string? OfField(IFieldSymbol field, Compilation compilation)
        => field.AssociatedSymbol is not null ? "the mark stands on the backing field; write it without 'field:'"
            : field.IsConst || field.IsStatic ? "constants and static members are not serialized; mark an instance property"
            : TypeMembers.IsAlwaysIgnored(field) && !EntityUse.IsColumn(field, compilation) ? "[JsonIgnore] keeps it out of every body; remove one of the two"
            : field.Has(KnownNames.JsonInclude) || EntityUse.IsColumn(field, compilation) ? null
            : "fields are not serialized; make it a property or add [JsonInclude]";

    private static string? OfParameter(IParameterSymbol parameter) => parameter.ContainingSymbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor when !HasProperty(constructor.ContainingType, parameter.Name)
            => "no property of that name carries the parameter; mark the property that does",
        IMethodSymbol { MethodKind: MethodKind.DelegateInvoke or MethodKind.UserDefinedOperator or MethodKind.Conversion }
            => "parameters of delegates and operators are not bound from a request; mark the handler's parameter",
        IPropertySymbol => "parameters of indexers are not bound from a request; mark the handler's parameter",
        INamedTypeSymbol => "parameters of delegates are not bound from a request; mark the handler's parameter",
        _ => null,
    };

    private static string? OfType(INamedTypeSymbol type)
        => type.IsStatic ? "a static class has no values; mark the type of the values"
            : type.DerivesFrom(KnownNames.ControllerBase) ? "a controller is not serialized; mark its parameters or the types of its bodies"
            : type.DerivesFrom(KnownNames.DbContext) ? "a DbContext is not serialized; mark its entities"
            : null;

    private static bool HasProperty(INamedTypeSymbol type, string name)
        => type.SelfAndBases().SelectMany(current => current.GetMembers()).Any(member
            => member is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false } && string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));
}
