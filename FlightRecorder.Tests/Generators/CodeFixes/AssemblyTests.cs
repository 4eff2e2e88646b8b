using System.Reflection;
using FlightRecorder.Generators;
using FlightRecorder.Generators.CodeFixes;

namespace FlightRecorder.Tests.Generators.CodeFixes;

/// <summary>A compiler loads the analyzers and has no workspaces; an editor loads both assemblies, in whichever order.</summary>
internal sealed class AssemblyTests
{
    [Test]
    public void The_generator_and_the_analyzers_need_no_workspaces()
        => Assert.That(References(typeof(FlightRecorderGenerator).Assembly), Has.None.Contains("Workspaces").And.None.StartsWith("FlightRecorder").And.None.StartsWith("System.Composition"));

    [Test]
    public void The_fixes_stand_alone() => Assert.That(References(typeof(MarkMemberFix).Assembly), Has.None.StartsWith("FlightRecorder"));

    private static string[] References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)];
}
