using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

/// <summary>Marks that nothing recorded leads to: their names apply where a body's type is unknown.</summary>
internal sealed class MarkTests
{
    [TestCase("public class Login { [Redact(RedactMode.Remove)] public string Badge { get; set; } = \"\"; }")]
    [TestCase("public record Login([Redact(RedactMode.Remove)] string Badge);")]
    [TestCase("public record Login([property: Redact(RedactMode.Remove)] string Badge);")]
    [TestCase("public class Login(string badge) { public Login([Redact(RedactMode.Remove)] string badge, int more) : this(badge) { } public string Badge => badge; }")]
    [TestCase("public partial class Login { [Redact(RedactMode.Remove)] public string Badge { get; set; } = \"\"; } public partial class Login { [Redact] public string Other => \"\"; }")]
    [TestCase("public class Outer { internal struct Login { [Redact(RedactMode.Remove)] public string Badge { get; set; } } }")]
    public void The_name_is_among_those_of_the_process(string code)
    {
        var names = new MarkedNames([LoadedAssembly.Of(code).Generated]);
        Assert.That(names.Find("badge"), Is.EqualTo(RedactMode.Remove));
        Assert.That(names.Find("login"), Is.Null);
    }

    [TestCase("public class Login { private class Inner { [Redact] public string Badge { get; set; } = \"\"; } public object Make() => new Inner(); }")]
    [TestCase("public class Page<T> { [Redact] public string Badge { get; set; } = \"\"; }")]
    [TestCase("public class Handlers { public static void Get([Redact] string badge) { } }")]
    [TestCase("public class Login { public string Badge { get; set; } = \"\"; }")]
    public void What_generated_code_cannot_name_and_what_is_unmarked_has_no_map(string code)
        => Assert.That(GeneratorRun.Of(code).Compiles().Result.GeneratedSources, Is.Empty);
}
