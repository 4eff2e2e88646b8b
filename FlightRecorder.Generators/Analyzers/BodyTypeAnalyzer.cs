using System.Collections.Immutable;
using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Tells of recorded handlers whose bodies have a type that only run time knows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BodyTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SecrecyDescriptors.BodyTypeUnknown];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationAction(Analyze);
    }

    private static void Analyze(CompilationAnalysisContext context)
    {
        foreach (RecordedHandler handler in RecordedReach.Of(context.Compilation).Handlers)
        {
            Report(context, handler, "request body", handler.UnknownRequest);
            Report(context, handler, "response body", handler.UnknownResponse);
        }
    }

    private static void Report(CompilationAnalysisContext context, RecordedHandler handler, string body, string? why)
    {
        if (why is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(SecrecyDescriptors.BodyTypeUnknown, handler.Location, body, handler.Name, why));
        }
    }
}
