using FlightRecorder.Generators;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators;

internal sealed class CachingTests
{
    private const string Handlers = """
        public static class Handlers
        {
            [Record]
            public static Out Post([FromBody] In body) => new();
        }
        """;

    private const string Dtos = """
        namespace System;

        public class In { public string Secret { get; set; } = ""; }

        public class Out { public string Secret { get; set; } = ""; }
        """;

    [Test]
    public void Typing_inside_a_body_leaves_every_stage_as_it_was()
    {
        GeneratorRun run = GeneratorRun.Of(Compile(Dtos)).Compiles();
        GeneratorRun again = run.Again(Compile(Dtos, Handlers.Replace("=> new()", "=> new() { Secret = \"typed\" }"), run));
        Assert.That(again.Outcomes().Select(outcome => outcome.Reason), Is.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));
    }

    [Test]
    public void A_mark_added_in_another_file_reaches_the_map_and_only_the_map()
    {
        GeneratorRun run = GeneratorRun.Of(Compile(Dtos)).Compiles();
        string marked = Dtos.Replace("class In { ", "class In { [FlightRecorder.Redact] ");
        GeneratorRun again = run.Again(Compile(marked, Handlers, run)).Compiles();
        Assert.That(again.File("System_In_Body.g.cs"), Does.Contain("Hidden(\"Secret\""));
        Assert.That(
            again.Outcomes().Where(outcome => outcome.Stage == Stages.Files).Count(outcome => outcome.Reason == IncrementalStepRunReason.Modified),
            Is.EqualTo(1));
    }

    [Test]
    public void Removing_the_last_mark_removes_everything()
    {
        GeneratorRun run = GeneratorRun.Of(Compile(Dtos)).Compiles();
        GeneratorRun again = run.Again(Compile(Dtos, Handlers.Replace("[Record]", ""), run)).Compiles();
        Assert.That(again.Result.GeneratedSources, Is.Empty);
    }

    [Test]
    public void A_mark_that_nothing_recorded_leads_to_is_compiled_and_cached()
    {
        GeneratorRun run = GeneratorRun.Of("public record Badge([property: Redact] string Number, string Name);").Compiles();
        Caching.UnrelatedEditIsCached(run);
        Assert.That(run.File("Badge_Body.g.cs"), Does.Contain("Hidden(\"Number\""));
        Assert.That(run.Outcomes().Select(outcome => outcome.Stage), Has.Member(Stages.Marks));
    }

    private static CSharpCompilation Compile(string dtos)
        => Sources.Compile(Handlers).AddSyntaxTrees(Sources.Tree(dtos, "/repo/Shop/Dtos.cs"));

    // Only the trees that differ are replaced, as in an editor.
    private static CSharpCompilation Compile(string dtos, string handlers, GeneratorRun before)
    {
        CSharpCompilation compilation = before.Input;
        foreach ((int index, string text) in new[] { (1, handlers), (2, dtos) })
        {
            SyntaxTree tree = compilation.SyntaxTrees[index];
            compilation = tree.ToString() == text ? compilation : compilation.ReplaceSyntaxTree(tree, Sources.Tree(text, tree.FilePath));
        }

        return compilation;
    }
}
