using System.Collections.Immutable;
using System.Text;
using FlightRecorder.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>A run of the generator over a compilation, and what came of it.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation compilation)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        Input = compilation;
        Output = output;
        Reported = reported;
        Result = _driver.GetRunResult().Results.Single();
    }

    public CSharpCompilation Input { get; }

    public Compilation Output { get; }

    public ImmutableArray<Diagnostic> Reported { get; }

    public GeneratorRunResult Result { get; }

    public string Text => Print(Result.GeneratedSources);

    public static GeneratorRun Of(string code) => Of(Sources.Compile(code));

    public static GeneratorRun Of(CSharpCompilation compilation, string? root = Sources.Root, string? listingFile = null)
        => new(
            CSharpGeneratorDriver.Create(
                [new FlightRecorderGenerator().AsSourceGenerator()],
                parseOptions: Sources.Parse,
                optionsProvider: new BuildProperties(root, listingFile),
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)),
            compilation);

    /// <summary>The same driver over a changed compilation, as an editor runs it.</summary>
    public GeneratorRun Again(CSharpCompilation compilation) => new(_driver, compilation);

    /// <summary>The generated file of that name.</summary>
    public string File(string hintName) => Result.GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    public string Plans => File("FlightRecorder.Plans.g.cs");

    public string Filters => File("FlightRecorder.Filters.g.cs");

    /// <summary>Fails unless the output compiles without a single diagnostic.</summary>
    public GeneratorRun Compiles()
    {
        Assert.That(Result.Exception, Is.Null);
        Assert.That(Reported, Is.Empty);
        Assert.That(Output.GetDiagnostics().Where(found => found.Severity > DiagnosticSeverity.Info), Is.Empty);
        return this;
    }

    /// <summary>The outcomes of each tracked stage.</summary>
    public IEnumerable<(string Stage, IncrementalStepRunReason Reason)> Outcomes()
        => Stages.All
            .Where(Result.TrackedSteps.ContainsKey)
            .SelectMany(stage => Result.TrackedSteps[stage].SelectMany(step => step.Outputs).Select(output => (stage, output.Reason)));

    private static string Print(ImmutableArray<GeneratedSourceResult> sources)
    {
        var text = new StringBuilder();
        foreach (GeneratedSourceResult source in sources.OrderBy(source => source.HintName, StringComparer.Ordinal))
        {
            text.Append("//// ").Append(source.HintName).Append('\n').Append(source.SourceText).Append('\n');
        }

        return text.ToString();
    }

    private sealed class BuildProperties(string? root, string? listingFile) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(root, listingFile);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(string? root, string? listingFile) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key switch
                {
                    "build_property.FlightRecorderRepositoryRoot" => root,
                    "build_property.FlightRecorderListingFile" => listingFile,
                    _ => null,
                };
                return value is not null;
            }
        }
    }
}
