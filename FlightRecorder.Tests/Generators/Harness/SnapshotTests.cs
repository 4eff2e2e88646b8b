using System.Runtime.CompilerServices;
using FlightRecorder.Tests.Support;
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
        Caching.UnrelatedEditIsCached(run);
        Caching.RealEditIsModified(run);
        Snapshot.Match(run.Text, testFile, test);
    }
}
