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
    [TestCase("public class Handlers { private class Login { [Redact(RedactMode.Remove)] public string Badge { get; set; } = \"\"; } public object Make() => new Login(); }")]
    [TestCase("public class Page<T> { [Redact(RedactMode.Remove)] public string Badge { get; set; } = \"\"; public T? Item { get; set; } }")]
    [TestCase("public class Endpoint<T> { public record Login([Redact(RedactMode.Remove)] string Badge); }")]
    [TestCase("file class Login { [Redact(RedactMode.Remove)] public string Badge { get; set; } = \"\"; }")]
    [TestCase("public abstract class Login { [Redact(RedactMode.Remove)] public string Badge { get; set; } = \"\"; }")]
    [TestCase("public interface ILogin { [Redact(RedactMode.Remove)] string Badge { get; } }")]
    [TestCase("[Redact(RedactMode.Remove)] public class Login { public string Badge { get; set; } = \"\"; }")]
    [TestCase("[Redact(RedactMode.Remove)] public record struct Login(string Badge);")]
    public void The_name_is_among_those_of_the_process(string code)
    {
        var names = new MarkedNames([LoadedAssembly.Of(code).Generated]);
        Assert.That(names.Find("badge"), Is.EqualTo(RedactMode.Remove));
        Assert.That(names.Find("login"), Is.Null);
    }

    [TestCase("public class Handlers { public static void Get([Redact] string badge) { } }")]
    [TestCase("public class Login { public string Badge { get; set; } = \"\"; }")]
    public void What_is_unmarked_has_no_map(string code)
        => Assert.That(GeneratorRun.Of(code).Compiles().Result.GeneratedSources, Is.Empty);

    [Test]
    public void The_marks_of_a_type_with_a_converter_of_its_own_are_known_and_its_values_are_of_unknown_type()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            using System.Text.Json;
            using System.Text.Json.Serialization;

            [JsonConverter(typeof(LoginConverter))]
            public class Login { [Redact] public string Badge { get; set; } = ""; }

            public class LoginConverter : JsonConverter<Login>
            {
                public override Login? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => null;

                public override void Write(Utf8JsonWriter writer, Login value, JsonSerializerOptions options) { }
            }

            public static class Handlers { [Record] public static void Post([FromBody] Login login) { } }
            """);
        Assert.That(new MarkedNames([loaded.Generated]).Find("badge"), Is.EqualTo(RedactMode.Mask));
        Assert.That(loaded.Plan("Handlers.Post").RequestBody, Is.Null);
        Assert.That(loaded.Generated.Maps, Is.Empty);
    }

    [Test]
    public void A_hidden_collection_gives_the_process_none_of_its_own_names()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("[Redact] public class Codes : List<string> { public string Badge { get; set; } = \"\"; }");
        Assert.That(new[] { "badge", "count", "capacity" }.Select(name => new MarkedNames([loaded.Generated]).Find(name)), Is.All.Null);
    }
}
