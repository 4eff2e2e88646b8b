using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Values whose type only run time knows, and lists that are written as objects: no mark is lost in them.</summary>
public class UnknownTypeTests
{
    private static readonly RedactionMap s_part = new RedactionMap("Part", null).Define(MemberRule.Hidden("Insignia", RedactMode.Mask));

    private static readonly GeneratedAssembly s_assembly = new()
    {
        Anchor = typeof(UnknownTypeTests),
        GeneratorVersion = "0",
        Nameless = [s_part],
    };

    [TestCase("""{"parts":{"$id":"1","$values":[{"$id":"2","insignia":"x","name":"a"}]}}""", """{"parts":{"$id":"1","$values":[{"$id":"2","insignia":"[REDACTED]","name":"a"}]}}""")]
    [TestCase("""{"$id":"1","$values":[{"parts":[{"insignia":"x"}]}]}""", """{"$id":"1","$values":[{"parts":[{"insignia":"[REDACTED]"}]}]}""")]
    [TestCase("""{"$values":[{"$values":[{"parts":{"insignia":1}}]}],"insignia":"kept"}""", """{"$values":[{"$values":[{"parts":{"insignia":"[REDACTED]"}}]}],"insignia":"kept"}""")]
    public void A_list_written_with_its_reference_is_as_transparent_as_one_without(string json, string expected)
        => Assert.That(Redacting.Redact(json, new RedactionMap("Dto", null).Define(MemberRule.Of("Parts", s_part))), Is.EqualTo(expected));

    [Test]
    public void A_path_goes_through_a_list_written_with_its_reference_and_may_name_it([Values("parts.name", "parts.$values.name")] string path)
    {
        var redacting = new Redacting { Options = { Paths = { path } } };
        Assert.That(redacting.Run("""{"parts":{"$values":[{"name":"a","size":1}]}}"""), Is.EqualTo("""{"parts":{"$values":[{"name":"[REDACTED]","size":1}]}}"""));
    }

    [Test]
    public void What_hides_undeclared_members_hides_one_of_the_name_of_such_a_list()
    {
        RedactionMap rest = new RedactionMap("undeclared members", null).DefineWhole(RedactMode.Mask);
        RedactionMap map = new RedactionMap("Dto", null).Define(MemberRule.Known("Name")).DefineValues(rest);
        Assert.That(Redacting.Redact("""{"name":"a","$values":"x"}""", map), Is.EqualTo("""{"name":"a","$values":"[REDACTED]"}"""));
    }

    [TestCase("""{"insignia":"x","colour":"red"}""", """{"insignia":"[REDACTED]","colour":"red"}""")]
    [TestCase("""{"a":{"insignia":"x"}}""", """{"a":{"insignia":"[REDACTED]"}}""")]
    public void A_dictionary_of_anything_may_be_an_object_of_any_type(string json, string expected)
    {
        var redacting = new Redacting { Map = new RedactionMap("pairs", null).DefineValues(RedactionMap.Unknown), Assemblies = [s_assembly] };
        Assert.That(redacting.Run(json), Is.EqualTo(expected));
    }

    [Test]
    public void Members_that_a_type_declares_keep_their_own_rules_beside_undeclared_ones_that_may_be_anything()
    {
        RedactionMap map = new RedactionMap("Dto", null).Define(MemberRule.Known("Insignia")).DefineValues(RedactionMap.Unknown);
        var redacting = new Redacting { Map = map, Assemblies = [s_assembly] };
        Assert.That(redacting.Run("""{"insignia":"shown","more":{"insignia":"x"}}"""), Is.EqualTo("""{"insignia":"shown","more":{"insignia":"[REDACTED]"}}"""));
    }

    [TestCase("application/problem+json", "[REDACTED]")]
    [TestCase("application/problem+json; charset=utf-8", "[REDACTED]")]
    [TestCase("application/json", "x-4711")]
    public void A_described_problem_is_not_of_the_type_that_the_handler_returns(string type, string expected)
    {
        GeneratedCode.Register(s_assembly);
        string line = new EncodingBench().Response(type, """{"title":"no","login":{"insignia":"x-4711"}}""").Line();
        Assert.That(line, Does.Contain($$""""login":{"insignia":"{{expected}}"}""""));
    }
}
