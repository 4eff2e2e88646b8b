using System.Collections.Immutable;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Checks where each <c>[Record]</c> stands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecordTargetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [TargetDescriptors.TargetCannotBeRecorded, TargetDescriptors.TooManyRules];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (MarkedAttribute.Find((AttributeSyntax)context.Node, KnownNames.Record, context.SemanticModel, context.CancellationToken) is not { } rule)
        {
            return;
        }

        string name = rule.Target.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        if (Fault(rule.Target, context.Compilation) is { } fault)
        {
            context.ReportDiagnostic(Diagnostic.Create(TargetDescriptors.TargetCannotBeRecorded, rule.Syntax.GetLocation(), name, fault));
        }

        CheckCount(context, rule, name);
    }

    private static void CheckCount(SyntaxNodeAnalysisContext context, MarkedAttribute rule, string name)
    {
        AttributeData[] all = [.. rule.Target.Attributes(KnownNames.Record)];
        if (all.Length > RuleParser.MaxRules && all[RuleParser.MaxRules].ApplicationSyntaxReference?.Span == rule.Syntax.Span)
        {
            context.ReportDiagnostic(Diagnostic.Create(TargetDescriptors.TooManyRules, rule.Syntax.GetLocation(), name, all.Length, RuleParser.MaxRules));
        }
    }

    // Only what surely can't be recorded; a private method may yet be handed to a Map call.
    private static string? Fault(ISymbol target, Compilation compilation) => target switch
    {
        INamedTypeSymbol type => OfType(type, compilation),
        IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.AnonymousFunction or MethodKind.LocalFunction } => null,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => OfMethod(method),
        IMethodSymbol => "accessors, operators and finalizers handle no request; mark an action, a handler or a class",
        _ => null,
    };

    private static string? OfType(INamedTypeSymbol type, Compilation compilation)
        => type.IsStatic ? "a static class is no controller, DbContext or entity; mark its methods that handle requests"
            : type.DerivesFrom("System.Attribute") || type.DerivesFrom("System.Exception") ? "attributes and exceptions handle no request; mark a controller, DbContext or entity"
            : Controllers.LooksLikeController(type) ? OfController(type, compilation)
            : type.IsAbstract ? null
            : type.IsGenericType && !type.DerivesFrom(KnownNames.DbContext) ? "an open generic class has no rows of its own; mark the classes that close it"
            : !type.IsNameable(compilation) && !type.IsGenericType ? "generated code can't name it; make it and the types around it internal or public"
            : type.DerivesFrom(KnownNames.DbContext) || TypeMembers.Of(type, MapKind.Row).Any() ? null
            : "it is no controller and no DbContext, and without properties no entity; mark the methods that handle requests";

    private static string? OfController(INamedTypeSymbol type, Compilation compilation)
        => type.IsAbstract || type.IsGenericType ? null
            : Controllers.IsOptedOut(type) ? "[NonController] keeps it from being a controller; remove one of the two"
            : Controllers.IsController(type) || EntityUse.IsEntity(type, compilation) ? null
            : "a controller must be a public class that is not nested; make it so";

    private static string? OfMethod(IMethodSymbol method)
        => method.ContainingType.TypeKind == TypeKind.Interface ? "an interface's method is not what handles the request; mark the method that implements it"
            : Controllers.LooksLikeController(method.ContainingType) && !Controllers.IsOptedOut(method.ContainingType) ? OfAction(method)
            : method.IsAbstract ? "an abstract method handles no request; mark the methods that override it"
            : null;

    private static string? OfAction(IMethodSymbol method)
        => method.IsAbstract || (!IsRealController(method.ContainingType) && method.DeclaredAccessibility != Accessibility.Public) ? null
            : method.IsStatic ? "a static method of a controller is no action; make it an instance method"
            : method.IsGenericMethod ? "a generic method is no action; remove its type parameters"
            : method.DeclaredAccessibility != Accessibility.Public ? "only public methods of a controller are actions; make it public"
            : Controllers.IsAction(method) ? null
            : "ASP.NET Core does not take it for an action; remove [NonAction], or mark another method";

    private static bool IsRealController(INamedTypeSymbol type) => type.SelfAndBases().Any(current => current.IsNamed(KnownNames.ControllerBase));
}
