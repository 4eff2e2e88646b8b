using FlightRecorder.Generators;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>What the incremental pipeline did with an edit.</summary>
internal static class Caching
{
    public static void UnrelatedEditIsCached(GeneratorRun run)
    {
        SyntaxTree unrelated = Sources.Tree("internal sealed class Unrelated { public int Number { get; set; } }", "/repo/Shop/Unrelated.cs");
        GeneratorRun again = run.Again(run.Input.AddSyntaxTrees(unrelated));
        if (run.Result.GeneratedSources.Length > 0)
        {
            Assert.That(again.Outcomes().Select(outcome => outcome.Stage), Is.SupersetOf(new[] { Stages.Model, Stages.Files }));
        }

        Assert.That(
            again.Outcomes().Where(outcome => outcome.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)),
            Is.Empty);
    }

    public static void RealEditIsModified(GeneratorRun run)
    {
        SyntaxTree tree = run.Input.SyntaxTrees[1];
        SyntaxTree moved = Sources.Tree("\n" + tree, tree.FilePath);
        GeneratorRun again = run.Again(run.Input.ReplaceSyntaxTree(tree, moved));
        Assert.That(again.Outcomes(), Has.Member((Stages.Model, IncrementalStepRunReason.Modified)));
    }
}
