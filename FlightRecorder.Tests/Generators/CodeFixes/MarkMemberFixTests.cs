using FlightRecorder.Generators.Analyzers;
using FlightRecorder.Generators.CodeFixes;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.CodeFixes;

internal sealed class MarkMemberFixTests
{
    private const string Handler = """
        public static class H { [FlightRecorder.Record] public static void Post([FromBody] Login body) { } }
        """;

    private static readonly string s_withoutOurs = Sources.Usings.Replace("global using FlightRecorder;", "");

    private static FixRun Fix => new(new SecretNameAnalyzer(), new MarkMemberFix());

    [Test]
    public void Both_decisions_are_offered()
        => Assert.That(Fix.Titles(Handler + "public class Login { public string Password { get; set; } = \"\"; }"), Is.EqualTo(new[] { "Mark with [Redact]", "Mark with [Reveal]" }));

    [TestCase("Redact")]
    [TestCase("Reveal")]
    public void A_property_gets_a_line_above_it_and_keeps_its_documentation(string mark)
    {
        const string code = """
            {{handler}}
            public class Login
            {
                public string Name { get; set; } = "";

                /// <summary>Typed by the user.</summary>
                [System.ComponentModel.DataAnnotations.Required]
                public string Password { get; set; } = "";
            }
            """;
        Assert.That(Fix.First(code.Replace("{{handler}}", Handler), mark), Is.EqualTo(code.Replace("{{handler}}", Handler).Replace("    public string Password", $"    [{mark}]\n    public string Password")));
    }

    [Test]
    public void The_property_of_a_positional_parameter_is_meant()
        => Assert.That(
            Fix.First(Handler + "\npublic record Login(string Name, [System.ComponentModel.DataAnnotations.Required] string Password);", "Redact"),
            Is.EqualTo(Handler + "\npublic record Login(string Name, [System.ComponentModel.DataAnnotations.Required] [property: Redact] string Password);"));

    [Test]
    public void A_field_is_marked_once_for_all_its_names()
        => Assert.That(
            Fix.All(Handler + "\npublic class Login { [System.Text.Json.Serialization.JsonInclude] public string Password = \"\", Token = \"\"; }", "Redact"),
            Is.EqualTo(Handler + "\npublic class Login { [System.Text.Json.Serialization.JsonInclude] [Redact] public string Password = \"\", Token = \"\"; }"));

    [Test]
    public void A_parameter_of_a_handler_is_marked_itself()
        => Assert.That(
            Fix.First("public static class H { [Record] public static void Get(string token) { } }", "Redact"),
            Is.EqualTo("public static class H { [Record] public static void Get([Redact] string token) { } }"));

    [TestCase("", "using FlightRecorder;\n\n")]
    [TestCase("// Licence\n", "// Licence\nusing FlightRecorder;\n\n")]
    [TestCase("using System.Text;\nusing Zoo;\n", "using System.Text;\nusing FlightRecorder;\nusing Zoo;\n")]
    [TestCase("using Zoo;\n", "using FlightRecorder;\nusing Zoo;\n")]
    [TestCase("using Alpha;\n", "using Alpha;\nusing FlightRecorder;\n")]
    public void The_using_is_added_in_its_place(string before, string after)
    {
        const string rest = """
            namespace Shop;

            /// <summary>Login.</summary>
            public record Login(string Password);
            public static class H { [FlightRecorder.Record] public static void Post([FromBody] Login body) { } }
            """;
        string usings = s_withoutOurs + "\nnamespace Zoo { internal class Z; }\nnamespace Alpha { internal class A; }";
        Assert.That(
            Fix.First(before + rest, "Redact", usings),
            Is.EqualTo(after + rest.Replace("string Password", "[property: Redact] string Password")));
    }

    [Test]
    public void The_using_stays_before_the_documentation_of_the_first_type()
        => Assert.That(
            Fix.First("/// <summary>Login.</summary>\npublic record Login(string Password);\n" + Handler, "Redact", s_withoutOurs),
            Does.StartWith("using FlightRecorder;\n\n/// <summary>Login.</summary>\npublic record Login([property: Redact] string Password);"));

    [Test]
    public void All_members_of_a_file_are_marked_with_one_using()
    {
        const string code = """
            namespace Shop;
            public record Login(string Password, Card Card);
            public class Card
            {
                public string Cvv { get; set; } = "";
            }
            public static class H { [FlightRecorder.Record] public static void Post([FromBody] Login body, string token) { } }
            """;
        Assert.That(Fix.All(code, "Redact", s_withoutOurs), Is.EqualTo("""
            using FlightRecorder;

            namespace Shop;
            public record Login([property: Redact] string Password, Card Card);
            public class Card
            {
                [Redact]
                public string Cvv { get; set; } = "";
            }
            public static class H { [FlightRecorder.Record] public static void Post([FromBody] Login body, [Redact] string token) { } }
            """));
    }

    [Test]
    public void Line_ends_stay_as_they_are()
        => Assert.That(
            Fix.First(Handler + "\r\npublic class Login\r\n{\r\n    public string Password { get; set; } = \"\";\r\n}\r\n", "Redact"),
            Does.EndWith("{\r\n    [Redact]\r\n    public string Password { get; set; } = \"\";\r\n}\r\n"));

    [Test]
    public void Another_attribute_of_the_name_is_not_taken_for_ours()
        => Assert.That(
            Fix.First("namespace Shop; public class RedactAttribute : Attribute; public record Login(string Password);" + Handler, "Redact"),
            Does.Contain("Login([property: global::FlightRecorder.Redact] string Password)"));
}
