using System.Collections.Immutable;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Checks what each <c>[Record]</c> says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecordRuleAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_lists = ["Methods", "HeaderValues", "Actors"];
    private static readonly string[] s_texts = ["Route", "Header"];

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        RuleDescriptors.FilterCannotBeCalled, RuleDescriptors.TwoRulesAtOneLocation, RuleDescriptors.SampleRateOutOfRange,
        RuleDescriptors.HeaderValuesWithoutHeader, RuleDescriptors.EmptyCondition, RuleDescriptors.SlowMillisecondsOutOfRange,
        RuleDescriptors.RuleIdentityPassed,
    ];

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

        CheckFilter(context, rule);
        CheckLocation(context, rule);
        CheckNumbers(context, rule);
        CheckEntries(context, rule);
    }

    private static void CheckFilter(SyntaxNodeAnalysisContext context, MarkedAttribute rule)
    {
        if (Named(rule, "Filter") is { Value: ITypeSymbol filter } && FilterFault(filter, context.Compilation) is { } fault)
        {
            Report(context, RuleDescriptors.FilterCannotBeCalled, rule.Argument("Filter"), filter.Name, fault);
        }
    }

    private static string? FilterFault(ITypeSymbol type, Compilation compilation)
        => type is not INamedTypeSymbol named || !FilterTypes.Implements(named.OriginalDefinition) ? "does not implement IRecordFilter; implement it, or name a class that does"
            : named.IsUnboundGenericType ? "is an open generic type; close it, or name a plain class"
            : !FilterTypes.HasMethod(named) ? "implements ShouldRecord explicitly; make it a public static method, because generated code calls it by name"
            : !named.IsNameable(compilation) ? "is not accessible to generated code; make it and the types around it internal or public"
            : null;

    private static void CheckLocation(SyntaxNodeAnalysisContext context, MarkedAttribute rule)
    {
        bool isPassed = rule.Syntax.ArgumentList?.Arguments.Any(argument => argument.NameEquals is null) == true;
        if (isPassed)
        {
            Report(context, RuleDescriptors.RuleIdentityPassed, rule.Syntax.GetLocation());
        }
        else if (RulesOnSameLines(context, rule).Any(other => IsAtSameLine(other, rule)))
        {
            Report(context, RuleDescriptors.TwoRulesAtOneLocation, rule.Syntax.GetLocation(), rule.Data.Argument(1)!);
        }
    }

    private static bool IsAtSameLine(MarkedAttribute other, MarkedAttribute rule)
        => Equals(other.Data.Argument(0), rule.Data.Argument(0)) && Equals(other.Data.Argument(1), rule.Data.Argument(1));

    // The earlier ones only, so that of two rules one is reported.
    private static IEnumerable<MarkedAttribute> RulesOnSameLines(SyntaxNodeAnalysisContext context, MarkedAttribute rule)
    {
        SyntaxTree tree = rule.Syntax.SyntaxTree;
        var lines = tree.GetText(context.CancellationToken).Lines;
        int start = lines.GetLineFromPosition(rule.Syntax.SpanStart).Start;
        var before = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start, rule.Syntax.SpanStart);
        return tree.GetRoot(context.CancellationToken)
            .DescendantNodes(before)
            .OfType<AttributeSyntax>()
            .Where(other => other.SpanStart < rule.Syntax.SpanStart)
            .Select(other => MarkedAttribute.Find(other, KnownNames.Record, context.SemanticModel, context.CancellationToken))
            .OfType<MarkedAttribute>();
    }

    private static void CheckNumbers(SyntaxNodeAnalysisContext context, MarkedAttribute rule)
    {
        if (Named(rule, "SampleRate") is { Value: double rate } && !(rate >= 0 && rate <= 1))
        {
            string text = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Report(context, RuleDescriptors.SampleRateOutOfRange, rule.Argument("SampleRate"), text);
        }

        if (Named(rule, "SlowMilliseconds") is { Value: int and < 0 } slow)
        {
            Report(context, RuleDescriptors.SlowMillisecondsOutOfRange, rule.Argument("SlowMilliseconds"), slow.Value);
        }
    }

    private static void CheckEntries(SyntaxNodeAnalysisContext context, MarkedAttribute rule)
    {
        foreach (string name in s_lists.Where(name => Values(rule, name).Any(IsEmpty)).Concat(s_texts.Where(name => Named(rule, name) is { } text && IsBlank(text))))
        {
            Report(context, RuleDescriptors.EmptyCondition, rule.Argument(name), name);
        }

        if (Values(rule, "HeaderValues").Any() && Named(rule, "Header") is not { Value: string })
        {
            Report(context, RuleDescriptors.HeaderValuesWithoutHeader, rule.Argument("HeaderValues"));
        }
    }

    private static bool IsEmpty(TypedConstant entry) => entry.Value is null || IsBlank(entry);

    private static bool IsBlank(TypedConstant entry) => entry.Value is string text && string.IsNullOrWhiteSpace(text);

    private static IEnumerable<TypedConstant> Values(MarkedAttribute rule, string name)
        => Named(rule, name) is { Kind: TypedConstantKind.Array, IsNull: false } list ? list.Values : [];

    private static TypedConstant? Named(MarkedAttribute rule, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in rule.Data.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticDescriptor descriptor, Location location, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(descriptor, location, arguments));
}
