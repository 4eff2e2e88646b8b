using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class RedactionMapTests
{
    [Test]
    public void Each_mode_of_a_property_and_a_revealed_one()
        => Assert.That(Rules("""
            public class Dto
            {
                [Redact] public string A { get; set; } = "";
                [Redact(RedactMode.Mask)] public string B { get; set; } = "";
                [Redact(RedactMode.Remove)] public string C { get; set; } = "";
                [Redact(RedactMode.Hash)] public int D { get; init; }
                [Redact(RedactMode.Last4)] public string? E { get; set; }
                [Reveal] public string Token { get; set; } = "";
                [Redact, Reveal] public string Both { get; set; } = "";
                public string Plain { get; set; } = "";
            }
            """), Is.EqualTo(new[] { "A: Mask", "B: Mask", "C: Remove", "D: Hash", "E: Last4", "Token: shown", "Both: Mask" }));

    [Test]
    public void A_mark_on_a_positional_parameter_means_its_property()
        => Assert.That(Rules("public sealed record Dto(string Name, [Redact] string Password, [property: Redact(RedactMode.Remove)] string Pin);"),
            Is.EqualTo(new[] { "Password: Mask", "Pin: Remove" }));

    [Test]
    public void A_mark_on_a_constructors_parameter_means_the_property_it_fills()
        => Assert.That(Rules("public sealed class Dto([Redact] string password) { public string Password { get; } = password; }"),
            Is.EqualTo(new[] { "Password: Mask" }));

    [Test]
    public void A_renamed_member_is_known_by_both_names()
        => Assert.That(Rules("""
            public class Dto
            {
                [Redact, System.Text.Json.Serialization.JsonPropertyName("pw")]
                public string Password { get; set; } = "";
            }
            """), Is.EqualTo(new[] { "pw: Mask", "Password: Mask" }));

    [TestCase("System.Text.Json.Serialization.JsonExtensionData", "Dictionary<string, System.Text.Json.JsonElement>?", "public", RedactMode.Mask)]
    [TestCase("System.Text.Json.Serialization.JsonExtensionData", "System.Text.Json.Nodes.JsonObject?", "public", RedactMode.Remove)]
    [TestCase("System.Text.Json.Serialization.JsonExtensionData, System.Text.Json.Serialization.JsonInclude", "Dictionary<string, object>?", "private", RedactMode.Last4)]
    public void A_mark_on_extension_data_hides_every_member_that_is_not_declared(string attribute, string type, string access, RedactMode mode)
    {
        RedactionMap map = LoadedAssembly.Of($$"""
            public class Dto
            {
                public string Name { get; set; } = "";
                [System.Text.Json.Serialization.JsonPropertyName("old")] public int Age { get; set; }
                [Redact(RedactMode.{{mode}}), {{attribute}}] {{access}} {{type}} More { get; set; }
            }
            public class DtoController : ControllerBase { [Record] public void Post(Dto dto) { } }
            """).Map("Dto");
        Assert.That(LoadedAssembly.Rules(map), Is.EqualTo(new[] { "Name: known", "old: known", "Age: known", $"More: {mode}" }));
        Assert.That(map.Values!.Whole, Is.EqualTo(mode));
    }

    [Test]
    public void Extension_data_without_a_mark_is_of_unknown_type()
    {
        RedactionMap map = LoadedAssembly.Of("""
            public class Dto
            {
                [Redact] public string Name { get; set; } = "";
                [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, object>? More { get; set; }
            }
            public class DtoController : ControllerBase { [Record] public void Post(Dto dto) { } }
            """).Map("Dto");
        Assert.That(LoadedAssembly.Rules(map), Is.EqualTo(new[] { "Name: Mask", "More: {  }" }));
        Assert.That(map.Values, Is.SameAs(RedactionMap.Unknown));
    }

    [Test]
    public void A_write_only_member_is_part_of_a_request_body()
        => Assert.That(Rules("public class Dto { [Redact] public string Password { set { } } }"), Is.EqualTo(new[] { "Password: Mask" }));

    [Test]
    public void Inherited_members_count_and_an_override_keeps_its_mark()
        => Assert.That(Rules("""
            public abstract class Base
            {
                [Redact] public string Secret { get; set; } = "";
                [Redact] public abstract string Pin { get; }
            }

            public class Dto : Base
            {
                public override string Pin => "";
            }
            """), Is.EqualTo(new[] { "Pin: Mask", "Secret: Mask" }));

    [Test]
    public void What_an_interface_marks_is_marked_in_the_class_that_implements_it()
        => Assert.That(Rules("""
            public interface ISecret { [Redact] string Secret { get; } [Reveal] string Token { get; } }

            public interface IFurther : ISecret { [Redact(RedactMode.Remove)] string Pin { get; } }

            public class Base { public string Secret { get; set; } = ""; }

            public class Dto : Base, IFurther
            {
                public string Pin { get; set; } = "";
                public string Token { get; set; } = "";
                public string Plain { get; set; } = "";
            }
            """), Is.EqualTo(new[] { "Pin: Remove", "Token: shown", "Secret: Mask" }));

    [Test]
    public void Members_that_JSON_ignores_are_left_out_and_included_fields_are_not()
        => Assert.That(Rules("""
            using System.Text.Json.Serialization;

            public class Dto
            {
                [JsonIgnore] public Inner Never { get; set; } = new();
                [JsonIgnore(Condition = JsonIgnoreCondition.Always)] public Inner NeverEither { get; set; } = new();
                [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Inner? Sometimes { get; set; }
                [JsonInclude, Redact] public string Field = "";
                [JsonInclude, Redact] internal string Opted { get; set; } = "";
                internal Inner NotWritten { get; set; } = new();
            }

            public class Inner { [Redact] public string Secret { get; set; } = ""; }
            """), Is.EqualTo(new[] { "Sometimes: { Secret: Mask }", "Field: Mask", "Opted: Mask" }));

    [TestCase("Inner")]
    [TestCase("Inner?")]
    [TestCase("Inner[]")]
    [TestCase("Inner[][]")]
    [TestCase("List<Inner>")]
    [TestCase("IReadOnlyCollection<Inner?>")]
    [TestCase("IEnumerable<List<Inner>>")]
    [TestCase("System.Collections.Immutable.ImmutableArray<Inner>")]
    [TestCase("IAsyncEnumerable<Inner>")]
    [TestCase("Bag")]
    [TestCase("Outer<int>.Deep")]
    public void A_nested_type_is_found_through(string type)
        => Assert.That(Rules($$"""
            public class Dto { public required {{type}} Nested { get; set; } }

            public class Bag : List<Inner>;

            public class Outer<T> { public class Deep : List<Inner>; }

            public struct Inner { [Redact] public string Secret { get; set; } }
            """), Is.EqualTo(new[] { "Nested: { Secret: Mask }" }));

    [Test]
    public void The_values_of_a_dictionary_have_a_map()
    {
        LoadedAssembly loaded = Load("""
            public class Dto { public Dictionary<string, List<Inner>> Cards { get; } = new(); }

            public class Inner { [Redact] public string Secret { get; set; } = ""; }
            """);
        RedactionMap? cards = loaded.Map("Dto").Members.Single().Nested;
        Assert.That(cards!.Members, Is.Empty);
        Assert.That(LoadedAssembly.Rules(cards.Values), Is.EqualTo(new[] { "Secret: Mask" }));
    }

    [Test]
    public void A_framework_type_is_looked_into_when_it_holds_one_of_the_users()
        => Assert.That(Rules("""
            public class Dto { public KeyValuePair<string, Inner> Pair { get; set; } }

            public class Inner { [Redact] public string Secret { get; set; } = ""; }
            """), Is.EqualTo(new[] { "Pair: { Value: { Secret: Mask } }" }));

    [Test]
    public void A_generic_type_has_a_map_for_each_of_its_uses()
        => Assert.That(Rules("""
            public class Dto
            {
                public Page<Inner> Secret { get; set; } = new();
                public Page<int> Plain { get; set; } = new();
            }

            public class Page<T> { public List<T> Items { get; set; } = []; }

            public class Inner { [Redact] public string Pin { get; set; } = ""; }
            """), Is.EqualTo(new[] { "Secret: { Items: { Pin: Mask } }" }));

    [TestCase("object?")]
    [TestCase("dynamic?")]
    [TestCase("System.Text.Json.JsonElement")]
    [TestCase("System.Text.Json.Nodes.JsonObject?")]
    [TestCase("Dictionary<string, object>?")]
    [TestCase("IAnything?")]
    [TestCase("System.Collections.IEnumerable?")]
    [TestCase("System.Collections.ArrayList?")]
    [TestCase("System.Collections.Hashtable?")]
    [TestCase("System.Collections.IDictionary?")]
    [TestCase("Array?")]
    [TestCase("List<System.Collections.IList>?")]
    [TestCase("ProblemDetails?")]
    [TestCase("ValidationProblemDetails?")]
    public void What_can_hold_anything_is_unknown(string type)
    {
        LoadedAssembly loaded = Load($"public class Dto {{ public {type} Data {{ get; set; }} }} public interface IAnything;");
        RedactionMap? nested = loaded.Map("Dto").Members.Single().Nested;
        Assert.That(nested?.Values ?? nested, Is.SameAs(RedactionMap.Unknown));
    }

    [Test]
    public void A_type_with_a_converter_of_its_own_is_unknown()
        => Assert.That(Rules("""
            using System.Text.Json;
            using System.Text.Json.Serialization;

            public class Dto { public Inner Inner { get; set; } = new(); }

            [JsonConverter(typeof(InnerConverter))]
            public class Inner { [Redact] public string Secret { get; set; } = ""; }

            public class InnerConverter : JsonConverter<Inner>
            {
                public override Inner? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => null;

                public override void Write(Utf8JsonWriter writer, Inner value, JsonSerializerOptions options) { }
            }
            """), Is.EqualTo(new[] { "Inner: { ? }" }));

    [Test]
    public void What_a_derived_class_marks_is_hidden_where_its_base_is_declared()
        => Assert.That(Rules("""
            public class Dto { public Payment Payment { get; set; } = new(); public IParty? Party { get; set; } }

            public class Payment { public int Amount { get; set; } }

            public class CardPayment : Payment { [Redact] public string Pan { get; set; } = ""; }

            public interface IParty { string Name { get; } }

            public class Person : IParty { public string Name => ""; [Redact] public string TaxId => ""; }
            """), Is.EqualTo(new[] { "Payment: { Pan: Mask }", "Party: { TaxId: Mask }" }));

    [Test]
    public void What_a_derived_class_of_a_referenced_assembly_marks_is_hidden_too()
    {
        var library = Sources.Library("namespace Library; public class Payment { public int Amount { get; set; } } public sealed class CardPayment : Payment { [Redact] public string Pan { get; set; } = \"\"; }");
        GeneratorRun run = GeneratorRun.Of(Sources.Compile(Handler + "public class Dto { public Library.Payment? Payment { get; set; } }", more: library)).Compiles();
        Assert.That(run.Text, Does.Contain("""MemberRule.Hidden("Pan", RedactMode.Mask)""").And.Contain("""MemberRule.Of("Payment", Maps.Library_Payment_Body)"""));
    }

    [Test]
    public void Derived_types_named_by_JsonDerivedType_are_merged_and_hiding_wins()
        => Assert.That(Rules("""
            using System.Text.Json.Serialization;

            [JsonDerivedType(typeof(Cat), "cat"), JsonDerivedType(typeof(Dog), "dog")]
            public abstract class Dto { }

            public class Cat : Dto { [Redact] public string Chip { get; set; } = ""; }

            public class Dog : Dto { public string Chip { get; set; } = ""; [Redact] public string Tag { get; set; } = ""; }
            """), Is.EqualTo(new[] { "Chip: Mask", "Tag: Mask" }));

    [Test]
    public void A_type_marked_as_a_whole_is_hidden_wherever_it_stands()
    {
        LoadedAssembly loaded = Load("""
            public class Dto { public Card Card { get; set; } = new(); public List<Card> Cards { get; } = []; }

            [Redact(RedactMode.Remove)]
            public class Card { public string Number { get; set; } = ""; }
            """);
        Assert.That(loaded.Map("Dto").Members.Select(member => (member.Name, member.Nested?.Whole)), Is.EqualTo(new[]
        {
            ("Card", (RedactMode?)RedactMode.Remove), ("Cards", RedactMode.Remove),
        }));
    }

    [TestCase("Codes")]
    [TestCase("List<Codes>")]
    [TestCase("Claims")]
    [TestCase("Dictionary<Email, int>")]
    [TestCase("Sub")]
    public void A_collection_or_key_marked_as_a_whole_is_hidden(string type)
        => Assert.That(Load($$"""
            public class Dto { public required {{type}} Hidden { get; set; } public List<string> Plain { get; } = []; }
            [Redact] public class Codes : List<string>;
            [Redact] public class Claims : Dictionary<string, string>;
            [Redact] public readonly record struct Email(string Value);
            public class Sub : Codes;
            """).Map("Dto").Members.Select(member => (member.Name, member.Nested?.Whole)), Is.EqualTo(new[] { ("Hidden", (RedactMode?)RedactMode.Mask) }));

    [Test]
    public void The_elements_of_a_tuple_are_known_by_the_names_that_JSON_has()
        => Assert.That(
            Rules("public class Dto { public (Inner First, int Second) Pair; } public class Inner { [Redact] public string Pin { get; set; } = \"\"; }"),
            Is.EqualTo(new[] { "Pair: { Item1: { Pin: Mask } }" }));

    [Test]
    public void A_type_inside_a_generic_one_has_a_map_of_no_type()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            public static class Handlers { [Record] public static void Post([FromBody] Outer<int>.Dto dto) { } }

            public class Outer<T> { public record Dto([Redact] string Secret, T Value); }
            """);
        Assert.That(LoadedAssembly.Rules(loaded.Plan("Handlers.Post").RequestBody), Is.EqualTo(new[] { "Secret: Mask" }));
    }

    [Test]
    public void Types_that_hold_each_other_have_maps_that_hold_each_other()
    {
        LoadedAssembly loaded = Load("""
            public class Dto { public Node? First { get; set; } }

            public class Node { public Dto? Owner { get; set; } public Node? Next { get; set; } [Redact] public string Secret { get; set; } = ""; }
            """);
        RedactionMap dto = loaded.Map("Dto");
        RedactionMap node = dto.Members.Single().Nested!;
        Assert.That(node.Members.Single(member => member.Name == "Owner").Nested, Is.SameAs(dto));
        Assert.That(node.Members.Single(member => member.Name == "Next").Nested, Is.SameAs(node));
    }

    [Test]
    public void A_generic_type_that_grows_for_ever_ends_as_unknown()
        => Assert.That(
            () => Load("public class Dto { public Node<int>? First { get; set; } } public class Node<T> { public Node<Node<T>>? Next { get; set; } }"),
            Throws.Nothing);

    [TestCase("public class Dto { public Tree? Tree { get; set; } } public class Tree : Dictionary<string, Tree>;")]
    [TestCase("public class Dto { public Rows? Rows { get; set; } } public abstract class Rows : List<List<Rows>>;")]
    [TestCase("public class Dto { public A? A { get; set; } } public abstract class A : List<B>; public abstract class B : List<A>;")]
    public void Collections_that_hold_themselves_end(string types) => Assert.That(() => Load(types), Throws.Nothing);

    [Test]
    public void A_body_type_without_a_mark_has_an_empty_map_and_nested_ones_have_none()
    {
        LoadedAssembly loaded = Load("public class Dto { public Inner? Inner { get; set; } } public class Inner { public int Id { get; set; } }");
        Assert.That(loaded.Map("Dto").Members, Is.Empty);
        Assert.That(loaded.Generated.Maps.Select(pair => pair.Key.Name), Is.EqualTo(new[] { "Dto" }));
    }

    [Test]
    public void Marks_of_a_referenced_assembly_are_seen()
    {
        var library = Sources.Library("namespace Library; public sealed record Card([Redact] string Number); public class Base { [Redact] public string Pin { get; set; } = \"\"; }");
        string maps = GeneratorRun.Of(Sources.Compile(Handler + "public class Dto : Library.Base { public Library.Card? Card { get; set; } }", more: library)).Compiles().Text;
        Assert.That(maps, Does.Contain("""MemberRule.Hidden("Number", RedactMode.Mask)""").And.Contain("""MemberRule.Hidden("Pin", RedactMode.Mask)"""));
        Assert.That(maps, Does.Contain("""new("Card", null)"""));
    }

    [Test]
    public void A_private_type_has_a_map_that_its_plan_uses_and_nobody_else()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            public static class Handlers
            {
                [Record]
                private static void Post([FromBody] Hidden dto) { }

                private sealed record Hidden([Redact] string Secret);
            }
            """);
        Assert.That(LoadedAssembly.Rules(loaded.Plan("Handlers.Post").RequestBody), Is.EqualTo(new[] { "Secret: Mask" }));
        Assert.That(loaded.Generated.Maps, Is.Empty);
    }

    private const string Handler = "public static class Handlers { [Record] public static void Post([FromBody] Dto dto) { } }\n";

    // The handler stands last so that a test's code may begin with usings.
    private static LoadedAssembly Load(string types) => LoadedAssembly.Of(types + "\n" + Handler);

    private static string[] Rules(string types) => LoadedAssembly.Rules(Load(types).Map("Dto"));
}
