using FlightRecorder.Generators.Analyzers;
using FlightRecorder.Generators.CodeFixes;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.CodeFixes;

internal sealed class RemoveRedactFixTests
{
    private static FixRun Fix => new(new RedactAnalyzer(), new RemoveRedactFix());

    [TestCase("[Redact] public static string Pin { get; set; } = \"\";", "public static string Pin { get; set; } = \"\";")]
    [TestCase("[Obsolete, Redact] public static string Pin { get; set; } = \"\";", "[Obsolete] public static string Pin { get; set; } = \"\";")]
    [TestCase("[Redact(RedactMode.Hash), Obsolete] public static string Pin { get; set; } = \"\";", "[Obsolete] public static string Pin { get; set; } = \"\";")]
    [TestCase("/// <summary>Pin.</summary>\n    [Redact]\n    public static string Pin { get; set; } = \"\";", "/// <summary>Pin.</summary>\n    public static string Pin { get; set; } = \"\";")]
    public void Only_the_attribute_goes(string before, string after)
        => Assert.That(Fix.First($"public class Dto\n{{\n    {before}\n}}\n", nameof(RemoveRedactFix)), Is.EqualTo($"public class Dto\n{{\n    {after}\n}}\n"));

    [Test]
    public void All_of_a_file_go_at_once()
        => Assert.That(
            Fix.All("public class A { [Redact] private string P => \"\"; }\npublic class B { [Redact] private string P => \"\"; [Redact] public string Q => \"\"; }", nameof(RemoveRedactFix)),
            Is.EqualTo("public class A { private string P => \"\"; }\npublic class B { private string P => \"\"; [Redact] public string Q => \"\"; }"));

    [Test]
    public void A_mark_that_nothing_recorded_leads_to_can_go()
        => Assert.That(
            Fix.First("internal class Dto { [Redact] public string Pin => \"\"; }\npublic static class H { [Record] public static void Get() { } }", nameof(RemoveRedactFix)),
            Does.StartWith("internal class Dto { public string Pin => \"\"; }"));
}
