namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class MarkUseTests : DiagnosticTests
{
    private const string Handler = "\npublic static class H { [Record] public static void Post([FromBody] In body) { } }\npublic class In { public string Name { get; set; } = \"\"; }\n";

    [Test]
    public void A_mark_that_nothing_recorded_leads_to_is_reported_with_what_to_do()
        => Assert.That(Found("internal class Other { [Redact] public string Pin { get; set; } = \"\"; }" + Handler), Is.EqualTo(new[]
        {
            "FR0012 1: 'Pin' is marked with [Redact], but nothing recorded leads to 'Other'; record a handler or DbContext that uses it, or remove the mark",
        }));

    [TestCase("[Redact] internal class Other;")]
    [TestCase("internal record Other([Redact] string Pin);")]
    [TestCase("public class Outer { internal class Other { [Redact] public string Pin { get; set; } = \"\"; } }")]
    [TestCase("public class A { public static void Handle([Redact] string token) { } }")]
    public void So_it_is_on_types_and_parameters(string code) => Assert.That(Ids(code + Handler), Is.EqualTo(new[] { "FR0012" }));

    [Test]
    public void In_an_app_public_types_are_nobody_elses()
        => Assert.That(Ids("Console.WriteLine(); public class Other { [Redact] public string Pin { get; set; } = \"\"; }" + Handler), Is.EqualTo(new[] { "FR0012" }));

    [TestCase("public class Other { [Redact] public string Pin { get; set; } = \"\"; }", "")]
    [TestCase("internal class Other { [Redact] public string Pin { get; set; } = \"\"; }", "public static class O { [Record] public static object Get() => 1; }")]
    [TestCase("internal class Other { [Redact] public string Pin { get; set; } = \"\"; }", "public static class O { [Record] public static System.Threading.Tasks.Task Get(HttpContext c) => c.Request.ReadFormAsync(); }")]
    [TestCase("internal class Other { [Redact] public string Pin { get; set; } = \"\"; }", "[Record] public class C : DbContext;")]
    [TestCase("internal class Other { [Redact] public string Pin { get; set; } = \"\"; }", "public static class O { public static void M(RouteGroupBuilder g) => g.Record(); }")]
    [TestCase("[Redact] internal struct Pin { public string Value { get; set; } }", "public class Out { internal Pin P { get; set; } [System.Text.Json.Serialization.JsonInclude] internal Pin Q { get; set; } } public static class O { [Record] public static Out Get() => new(); }")]
    [TestCase("internal class Part { [Redact] public string Pin { get; set; } = \"\"; }", "public class Out { [System.Text.Json.Serialization.JsonInclude, Redact] internal Part P { get; set; } = new(); } public static class O { [Record] public static Out Get() => new(); }")]
    public void Where_it_may_count_it_is_not(string code, string recorded) => Assert.That(Found(code + recorded + Handler), Is.Empty);

    [Test]
    public void Where_nothing_is_recorded_yet_nothing_is_said() => Assert.That(Found("internal class Other { [Redact] public string Pin { get; set; } = \"\"; }"), Is.Empty);

    [Test]
    public void A_write_only_member_hides_a_part_of_the_request()
        => Assert.That(Found("public static class H { [Record] public static void Post([FromBody] In body) { } } public class In { [Redact] public string Pin { set { } } }"), Is.Empty);
}
