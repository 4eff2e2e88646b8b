namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class RedactAnalyzerTests : DiagnosticTests
{
    [Test]
    public void A_private_property_is_reported_with_what_to_do()
        => Assert.That(Found("public class Dto { [Redact] private string Pin { get; set; } = \"\"; }"), Is.EqualTo(new[]
        {
            "FR0005 1: 'Pin' is marked with [Redact], but it is not public, so it is not serialized; make it public or add [JsonInclude]",
        }));

    [TestCase("public class Dto { [Redact] public static string Pin { get; set; } = \"\"; }", "static")]
    [TestCase("public class Dto { [Redact] public string this[int i] => \"\"; }", "indexer")]
    [TestCase("public interface I { string Pin { get; } } public class Dto : I { [Redact] string I.Pin => \"\"; }", "explicit")]
    [TestCase("public class Dto { [Redact, System.Text.Json.Serialization.JsonIgnore] public string Pin { get; set; } = \"\"; }", "[JsonIgnore]")]
    [TestCase("public class Dto { [field: Redact] public string Pin { get; set; } = \"\"; }", "field:")]
    [TestCase("public record Dto([field: Redact] string Pin);", "field:")]
    [TestCase("public class Dto { [Redact] public string Pin = \"\"; }", "fields")]
    [TestCase("public class Dto { [Redact] public const string Pin = \"\"; }", "constants")]
    [TestCase("public class Dto { [Redact] private static readonly string Pin = \"\"; public string Read() => Pin; }", "static")]
    [TestCase("public class Dto([Redact] string pin) { public string Read() => pin; }", "no property")]
    [TestCase("public delegate void D([Redact] string pin);", "delegates")]
    [TestCase("public class Dto { public string this[[Redact] string i] => \"\"; }", "indexers")]
    [TestCase("[Redact] public static class Dto;", "static class")]
    [TestCase("[Redact] public class DtoController : ControllerBase;", "controller")]
    [TestCase("[Redact] public class Dto : DbContext;", "DbContext")]
    public void A_mark_that_nothing_reaches_is_reported(string code, string expected)
        => Assert.That(Found(code).Single(), Does.StartWith("FR0005").And.Contain(expected));

    [TestCase("public class Dto { [Redact] public string Pin { get; private set; } = \"\"; }")]
    [TestCase("public class Dto { [Redact] public string Pin { set { } } }")]
    [TestCase("public class Dto { [Redact, System.Text.Json.Serialization.JsonInclude] internal string Pin { get; set; } = \"\"; }")]
    [TestCase("public class Dto { [Redact, System.Text.Json.Serialization.JsonInclude] public string Pin = \"\"; }")]
    [TestCase("public class Dto { [Redact, System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] public string? Pin { get; set; } }")]
    [TestCase("public record Dto([Redact] string Pin, [property: Redact] string Code);")]
    [TestCase("public class Dto([Redact] string pin) { public string Pin => pin; }")]
    [TestCase("public interface Dto { [Redact] string Pin { get; } }")]
    [TestCase("[Redact] public struct Card { public string Number { get; set; } }")]
    [TestCase("public class A { public void Handle([Redact] string token) { Action<string> a = ([Redact] string t) => { }; a(token); } }")]
    public void A_mark_that_is_reached_is_not(string code) => Assert.That(Found(code), Is.Empty);

    [TestCase("[Redact] private string Pin { get; set; } = \"\";")]
    [TestCase("[Redact, System.Text.Json.Serialization.JsonIgnore] public string Pin { get; set; } = \"\";")]
    [TestCase("[Redact] private string _pin = \"\"; public string Read() => _pin; public void Write(string pin) => _pin = pin;")]
    public void A_column_need_not_be_serialized(string member)
    {
        Assert.That(Found($$"""
            public class Base { {{member}} }
            public class User : Base { public int Id { get; set; } }
            public class Order { public User? Owner { get; set; } }
            public class Context : DbContext { public DbSet<Order> Orders => Set<Order>(); }
            """), Is.Empty);
        Assert.That(Ids($"public class User {{ {member} }}"), Is.EqualTo(new[] { "FR0005" }));
    }

    [Test]
    public void A_member_that_is_not_mapped_is_no_column()
        => Assert.That(Ids("""
            public class User { [Redact, System.ComponentModel.DataAnnotations.Schema.NotMapped] private string Pin { get; set; } = ""; }
            public class Context : DbContext { public DbSet<User> Users => Set<User>(); }
            """), Is.EqualTo(new[] { "FR0005" }));
}
