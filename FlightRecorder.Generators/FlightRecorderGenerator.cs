using FlightRecorder.Generators.Emit;
using FlightRecorder.Generators.Model;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators;

/// <summary>
/// Compiles <c>[Record]</c>, <c>[Redact]</c> and constant SQL to plans, filters, redaction maps, mutation hooks and a source map. Reports
/// nothing: wrong use is told by the analyzers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class FlightRecorderGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Fragment> delegates = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.Record,
                static (node, _) => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax,
                static (found, cancellation) => DelegateParser.Parse((IMethodSymbol)found.TargetSymbol, found.TargetNode, found.SemanticModel, cancellation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.Delegates);

        IncrementalValuesProvider<Fragment> assemblyRules = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.Record,
                static (node, _) => node is CompilationUnitSyntax,
                static (found, _) => AssemblyRuleParser.Parse(found.SemanticModel.Compilation.Assembly, found.TargetNode, found.SemanticModel.Compilation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.AssemblyRules);

        IncrementalValuesProvider<Fragment> classes = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => ClassParser.IsCandidate(node),
                static (found, cancellation) => ClassParser.Parse(found.Node, found.SemanticModel, cancellation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.Classes);

        IncrementalValuesProvider<Fragment> methodGroups = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => MethodGroupParser.IsCandidate(node),
                static (found, cancellation) => MethodGroupParser.Parse((InvocationExpressionSyntax)found.Node, found.SemanticModel, cancellation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.MethodGroups);

        IncrementalValuesProvider<Fragment> marks = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => MarkParser.IsCandidate(node),
                static (found, cancellation) => MarkParser.Parse(found.Node, found.SemanticModel, cancellation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.Marks);

        IncrementalValuesProvider<Fragment> sqlLiterals = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => SqlLiteralParser.IsCandidate(node),
                static (found, cancellation) => SqlLiteralParser.Parse((ExpressionSyntax)found.Node, found.SemanticModel, cancellation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.SqlLiterals);

        IncrementalValuesProvider<Fragment> sqlReferences = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => SqlReferenceParser.IsCandidate(node),
                static (found, cancellation) => SqlReferenceParser.Parse((ExpressionSyntax)found.Node, found.SemanticModel, cancellation))
            .Where(static fragment => !fragment.IsEmpty)
            .WithTrackingName(Stages.SqlReferences);

        IncrementalValueProvider<string> assemblyName = context.CompilationProvider
            .Select(static (compilation, _) => compilation.AssemblyName ?? "")
            .WithTrackingName(Stages.AssemblyName);

        IncrementalValueProvider<string?> root = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.FlightRecorderRepositoryRoot", out string? path) ? path : null)
            .WithTrackingName(Stages.RepositoryRoot);

        IncrementalValueProvider<bool> withListing = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.FlightRecorderListingFile", out string? path) && path.Length > 0)
            .WithTrackingName(Stages.ListingFile);

        IncrementalValueProvider<AssemblyModel> model = delegates.Collect()
            .Combine(assemblyRules.Collect())
            .Combine(classes.Collect())
            .Combine(methodGroups.Collect())
            .Combine(marks.Collect())
            .Combine(sqlLiterals.Collect())
            .Combine(sqlReferences.Collect())
            .Combine(assemblyName)
            .Combine(root)
            .Combine(withListing)
            .Select(static (all, _) =>
            {
                (((((((((var delegates, var assemblyRules), var classes), var methodGroups), var marks), var literals), var references), string name), string? root), bool withListing) = all;
                return FragmentMerger.Merge([.. delegates, .. assemblyRules, .. classes, .. methodGroups, .. marks, .. literals, .. references], name, root, withListing);
            })
            .WithTrackingName(Stages.Model);

        IncrementalValuesProvider<SourceFile> files = model
            .SelectMany(static (assembly, _) => SourceFiles.Of(assembly))
            .WithTrackingName(Stages.Files);

        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }
}
