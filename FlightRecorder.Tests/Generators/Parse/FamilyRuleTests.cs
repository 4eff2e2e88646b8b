using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

/// <summary>Types whose values may stand in one place: what any of them hides is hidden there.</summary>
internal sealed class FamilyRuleTests
{
    [Test]
    public void Of_two_modes_neither_may_show_what_the_other_hides()
        => Assert.That(Rules("""
            public class Dto;
            public class Cat : Dto { [Redact(RedactMode.Last4)] public string Chip { get; set; } = ""; [Redact(RedactMode.Hash)] public string Tag { get; set; } = ""; }
            public class Dog : Dto { [Redact] public string Chip { get; set; } = ""; [Redact(RedactMode.Hash)] public string Tag { get; set; } = ""; }
            """), Is.EqualTo(new[] { "Chip: Mask", "Tag: Hash" }));

    [Test]
    public void Of_two_types_marked_as_a_whole_neither_shows_what_the_other_hides()
        => Assert.That(Load("public class Dto; [Redact(RedactMode.Last4)] public class Cat : Dto; [Redact(RedactMode.Remove)] public class Dog : Dto;").Map("Dto").Whole, Is.EqualTo(RedactMode.Mask));

    [TestCase("FirstName", "first_name")]
    [TestCase("firstname", "FirstName")]
    [TestCase("first-name", "FIRST_NAME")]
    public void Names_that_compare_equal_are_one_name(string one, string other)
        => Assert.That(Rules($$"""
            using System.Text.Json.Serialization;

            public class Dto;
            public class Cat : Dto { [JsonPropertyName("{{one}}")] public A X { get; set; } = new(); }
            public class Dog : Dto { [JsonPropertyName("{{other}}")] public B Y { get; set; } = new(); }
            public class A { [Redact] public string Pin { get; set; } = ""; }
            public class B { [Redact] public string Tag { get; set; } = ""; }
            """), Is.EqualTo(new[] { one + ": { ? }", "X: { Pin: Mask }", "Y: { Tag: Mask }" }));

    [Test]
    public void A_value_that_may_be_of_a_type_marked_as_a_whole_is_hidden()
        => Assert.That(Rules("""
            public class Dto;
            public class Cat : Dto { public Safe X { get; set; } = new(); }
            public class Dog : Dto { public Open X { get; set; } = new(); }
            [Redact(RedactMode.Remove)] public class Safe { public string Content { get; set; } = ""; }
            public class Open { [Redact] public string Tag { get; set; } = ""; }
            """), Is.EqualTo(new[] { "X: Remove" }));

    [Test]
    public void What_a_generic_derived_class_marks_is_hidden_where_its_base_is_declared()
        => Assert.That(Rules("""
            public class Dto { public string Name { get; set; } = ""; }
            public class Cat<T> : Dto { [Redact] public string Chip { get; set; } = ""; public T? Toy { get; set; } }
            """), Is.EqualTo(new[] { "Chip: Mask", "Toy: { ? }" }));

    [Test]
    public void A_generic_derived_class_is_closed_as_its_base_is()
        => Assert.That(Rules("""
            public class Dto { public Animal<Ball>? Pet { get; set; } }
            public class Animal<T> { public T? Toy { get; set; } }
            public class Cat<T> : Animal<T> { [Redact] public string Chip { get; set; } = ""; public List<T> Toys { get; } = []; }
            public class Box<T> : Animal<List<T>> { [Redact] public string Lid { get; set; } = ""; }
            public class Ball { [Redact] public string Tag { get; set; } = ""; }
            """), Is.EqualTo(new[] { "Pet: { Toy: { ? }, Chip: Mask, Toys: { Tag: Mask }, Lid: Mask }" }));

    [TestCase("public record Base(string Pin); public record Dto(string Name, [Redact] string Pin) : Base(Pin);")]
    [TestCase("public class Base(string pin) { public string Pin => pin; } public class Dto([Redact] string pin) : Base(pin);")]
    [TestCase("public abstract class Base { public string Pin { get; protected init; } = \"\"; } public class Dto : Base { public Dto([Redact] string pin) => Pin = pin; }")]
    public void A_mark_on_a_parameter_that_is_handed_to_the_base_means_the_inherited_property(string types)
        => Assert.That(Rules(types), Is.EqualTo(new[] { "Pin: Mask" }));

    [Test]
    public void An_overriding_member_is_also_known_by_the_name_of_the_overridden_one()
        => Assert.That(Rules("""
            using System.Text.Json.Serialization;

            public abstract class Base { [Redact, JsonPropertyName("chip-no")] public abstract string Pin { get; } }
            public class Dto : Base { public override string Pin => ""; }
            """), Is.EqualTo(new[] { "chip-no: Mask", "Pin: Mask" }));

    // The handler stands last so that a test's code may begin with usings.
    private static LoadedAssembly Load(string types) => LoadedAssembly.Of(types + "\npublic static class Handlers { [Record] public static Dto Get() => null!; }\n");

    private static string[] Rules(string types) => LoadedAssembly.Rules(Load(types).Map("Dto"));
}
