using System.Collections.Immutable;
using FlightRecorder.Generators.Analyzers;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Tests.Generators.Analyzers;

/// <summary>What the analyzers say of a piece of code: <c>FR0001 3: message</c>, by line.</summary>
internal abstract class DiagnosticTests
{
    protected static string[] Found(string code) => Found(Sources.Compile(code), new RecordRuleAnalyzer(), new RecordTargetAnalyzer(), new RedactAnalyzer());

    protected static string[] Found(CSharpCompilation compilation, params ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        Assert.That(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error), Is.Empty);
        return
        [
            .. compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
                .OrderBy(found => found.Location.SourceSpan.Start)
                .ThenBy(found => found.Id, StringComparer.Ordinal)
                .Select(found => $"{found.Id} {found.Location.GetLineSpan().StartLinePosition.Line + 1}: {found.GetMessage(null)}"),
        ];
    }

    protected static string[] Ids(string code) => [.. Found(code).Select(found => found[..6])];
}
