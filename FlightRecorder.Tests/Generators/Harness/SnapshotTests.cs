using System.Runtime.CompilerServices;
using FlightRecorder.Generators;
using FlightRecorder.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>
/// What every snapshot test also proves: the output compiles cleanly, an unrelated edit leaves every stage cached, and a real
/// edit (every source moved one line down) is noticed.
/// </summary>
internal abstract class SnapshotTests
{
    protected static void VerifySnapshot(string code, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
        => VerifySnapshot(Sources.Compile(code), testFile, test);

    protected static void VerifySnapshot(CSharpCompilation compilation, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        GeneratorRun run = GeneratorRun.Of(compilation).Compiles();
        UnrelatedEditIsCached(run);
        RealEditIsModified(run);
        Snapshot.Verify(run.Text, testFile, test);
    }

    private static void UnrelatedEditIsCached(GeneratorRun run)
    {
        SyntaxTree unrelated = Sources.Tree("internal sealed class Unrelated { public int Number { get; set; } }", "/repo/Shop/Unrelated.cs");
        GeneratorRun again = run.Again(run.Input.AddSyntaxTrees(unrelated));
        Assert.That(again.Outcomes().Select(outcome => outcome.Stage), Is.SupersetOf(new[] { Stages.Model, Stages.Files }));
        Assert.That(
            again.Outcomes().Where(outcome => outcome.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)),
            Is.Empty);
    }

    private static void RealEditIsModified(GeneratorRun run)
    {
        SyntaxTree tree = run.Input.SyntaxTrees[1];
        SyntaxTree moved = Sources.Tree("\n" + tree, tree.FilePath);
        GeneratorRun again = run.Again(run.Input.ReplaceSyntaxTree(tree, moved));
        Assert.That(again.Outcomes(), Has.Member((Stages.Model, IncrementalStepRunReason.Modified)));
    }
}
