using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>Applies a code fix as an editor does, and gives the file as it then is; what comes out must compile.</summary>
internal sealed class FixRun(DiagnosticAnalyzer analyzer, CodeFixProvider provider)
{
    /// <summary>Fixes the first finding.</summary>
    public string First(string code, string key, string usings = Sources.Usings)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, code, usings);
        Diagnostic found = Diagnostics(document)[0];
        var actions = new List<CodeAction>();
        provider.RegisterCodeFixesAsync(new CodeFixContext(document, found, (action, _) => actions.Add(action), default)).GetAwaiter().GetResult();
        return Apply(actions.Single(action => action.EquivalenceKey == key), document);
    }

    /// <summary>Fixes all findings of the file at once.</summary>
    public string All(string code, string key, string usings = Sources.Usings)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, code, usings);
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, key, provider.FixableDiagnosticIds, new Given(Diagnostics(document)), default);
        return Apply(provider.GetFixAllProvider()!.GetFixAsync(context).GetAwaiter().GetResult()!, document);
    }

    /// <summary>The titles of the fixes offered for the first finding.</summary>
    public string[] Titles(string code)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, code, Sources.Usings);
        var titles = new List<string>();
        provider.RegisterCodeFixesAsync(new CodeFixContext(document, Diagnostics(document)[0], (action, _) => titles.Add(action.Title), default)).GetAwaiter().GetResult();
        return [.. titles];
    }

    private static Document Open(AdhocWorkspace workspace, string code, string usings)
    {
        CSharpCompilation compilation = Sources.Compile(code);
        Project project = workspace.CurrentSolution
            .AddProject("Shop", "Shop", LanguageNames.CSharp)
            .WithParseOptions(Sources.Parse)
            .WithCompilationOptions(compilation.Options)
            .WithMetadataReferences(References.All);
        project = project.AddDocument("Usings.cs", usings, filePath: Sources.UsingsPath).Project;
        return project.AddDocument("Code.cs", code, filePath: Sources.DefaultPath);
    }

    private ImmutableArray<Diagnostic> Diagnostics(Document document)
    {
        Compilation compilation = Compiled(document);
        ImmutableArray<Diagnostic> found = compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.That(found, Is.Not.Empty, "nothing to fix");
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static string Apply(CodeAction action, Document document)
    {
        ImmutableArray<CodeActionOperation> operations = action.GetOperationsAsync(default).GetAwaiter().GetResult();
        Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        Compiled(changed);
        return changed.GetTextAsync().GetAwaiter().GetResult().ToString();
    }

    private static Compilation Compiled(Document document)
    {
        Compilation compilation = document.Project.GetCompilationAsync().GetAwaiter().GetResult()!;
        Assert.That(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error), Is.Empty);
        return compilation;
    }

    private sealed class Given(ImmutableArray<Diagnostic> found) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);
    }
}
