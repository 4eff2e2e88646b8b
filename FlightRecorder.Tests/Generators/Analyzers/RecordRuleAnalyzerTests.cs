namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class RecordRuleAnalyzerTests : DiagnosticTests
{
    [Test]
    public void A_filter_without_the_interface_is_reported_with_what_to_do()
        => Assert.That(Rule("Filter = typeof(string)"), Is.EqualTo(new[]
        {
            "FR0002 3: Filter 'String' does not implement IRecordFilter; implement it, or name a class that does",
        }));

    [TestCase("private sealed class F : IRecordFilter { public static bool ShouldRecord(in RequestFacts request) => true; }", "F", "is not accessible")]
    [TestCase("internal sealed class F : IRecordFilter { static bool IRecordFilter.ShouldRecord(in RequestFacts request) => true; }", "F", "explicitly")]
    [TestCase("internal sealed class F<T> : IRecordFilter { public static bool ShouldRecord(in RequestFacts request) => true; }", "F<>", "open generic")]
    [TestCase("internal interface F : IRecordFilter;", "F", "does not implement")]
    public void A_filter_that_cannot_be_called_is_reported(string type, string name, string expected)
        => Assert.That(Rule($"Filter = typeof({name})", type).Single(), Does.StartWith("FR0002").And.Contain(expected));

    [TestCase("internal sealed class F : IRecordFilter { public static bool ShouldRecord(in RequestFacts request) => true; }", "F")]
    [TestCase("internal sealed class F<T> : IRecordFilter { public static bool ShouldRecord(in RequestFacts request) => true; }", "F<int>")]
    public void A_filter_that_can_be_called_is_not(string type, string name) => Assert.That(Rule($"Filter = typeof({name})", type), Is.Empty);

    [Test]
    public void The_second_of_two_rules_on_one_line_is_reported()
        => Assert.That(
            Found("public static class H { [Record(Route = \"/a\"), Record(Route = \"/b\")] public static void A() { } }"),
            Is.EqualTo(new[] { "FR0003 1: Line 1 holds another [Record]; a rule is known by its file and line: write each on a line of its own" }));

    [Test]
    public void Two_lambdas_with_rules_on_one_line_are_reported_once()
        => Assert.That(Ids("var app = WebApplication.Create(); app.MapGet(\"/a\", [Record] () => 1); app.MapGet(\"/b\", [Record] () => 2);"), Is.EqualTo(new[] { "FR0003" }));

    [Test]
    public void Two_rules_on_lines_of_their_own_are_not_reported()
        => Assert.That(Found("""
            public static class H
            {
                [Record(Route = "/a"),
                 Record(Route = "/b")]
                public static void A() { } [Record] public static void B() { }
            }
            """), Is.Empty);

    [TestCase("1.5", "1.5")]
    [TestCase("-0.1", "-0.1")]
    [TestCase("double.NaN", "NaN")]
    [TestCase("double.PositiveInfinity", "Infinity")]
    public void A_rate_that_is_no_share_is_reported(string rate, string shown)
        => Assert.That(Rule($"SampleRate = {rate}"), Is.EqualTo(new[] { $"FR0004 3: SampleRate {shown} is not a share; give a number from 0 (none) to 1 (all)" }));

    [TestCase("0")]
    [TestCase("1")]
    [TestCase("0.5")]
    public void A_rate_from_0_to_1_is_not(string rate) => Assert.That(Rule($"SampleRate = {rate}"), Is.Empty);

    [Test]
    public void Header_values_need_a_header()
    {
        Assert.That(Rule("HeaderValues = [\"a\"]").Single(), Does.StartWith("FR0006"));
        Assert.That(Rule("Header = \"authorization\", HeaderValues = [\"a\"]"), Is.Empty);
    }

    [TestCase("Methods = [\"GET\", \"\"]", "Methods")]
    [TestCase("Actors = [\" \"]", "Actors")]
    [TestCase("Header = \"x\", HeaderValues = [null!]", "HeaderValues")]
    [TestCase("Route = \"\"", "Route")]
    [TestCase("Header = \"\"", "Header")]
    public void An_empty_entry_is_reported(string rule, string name)
        => Assert.That(Rule(rule), Is.EqualTo(new[] { $"FR0007 3: {name} holds an empty entry, which no request matches; remove it or give a value" }));

    [Test]
    public void An_empty_list_is_no_condition_and_not_reported() => Assert.That(Rule("Methods = [], Actors = new string[0]"), Is.Empty);

    [Test]
    public void A_negative_threshold_is_reported_and_zero_is_not()
    {
        Assert.That(Rule("SlowMilliseconds = -1").Single(), Does.StartWith("FR0008 3: SlowMilliseconds -1"));
        Assert.That(Rule("SlowMilliseconds = 0"), Is.Empty);
    }

    [Test]
    public void A_file_or_line_passed_by_hand_is_reported()
    {
        Assert.That(Rule("\"other.cs\", 7").Single(), Does.StartWith("FR0010"));
        Assert.That(Rule("line: 7").Single(), Does.StartWith("FR0010"));
    }

    [Test]
    public void Another_attribute_of_that_name_is_not_looked_at()
        => Assert.That(Found("""
            namespace Other;

            [Record(SampleRate = 7)]
            public class Thing;

            public class RecordAttribute : Attribute { public double SampleRate { get; set; } }
            """), Is.Empty);

    private static string[] Rule(string rule, string member = "") => Found($$"""
        public static class Handlers
        {
            [Record({{rule}})]
            public static string Get() => "";

            {{member}}
        }
        """);
}
