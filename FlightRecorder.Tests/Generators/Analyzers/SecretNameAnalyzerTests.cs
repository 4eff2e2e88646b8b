using FlightRecorder.Generators.Analyzers;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class SecretNameAnalyzerTests : DiagnosticTests
{
    private const string Handler = "\npublic static class H { [Record] public static Out Post([FromBody] In body) => new(); }\n";

    [Test]
    public void A_property_with_a_secrets_name_is_reported_with_what_to_do()
        => Assert.That(Secrets("public class In { public string Password { get; set; } = \"\"; } public class Out;" + Handler), Is.EqualTo(new[]
        {
            "FR0011 1: 'Password' has a secret's name and is recorded; mark it with [Redact], or with [Reveal] if it is no secret",
        }));

    [TestCase("public class In { public string newPassword { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In; public class Out { public string api_key => \"\"; }")]
    [TestCase("public record In(string AccessToken); public class Out;")]
    [TestCase("public class In { [System.Text.Json.Serialization.JsonInclude] public string Cvv = \"\"; } public class Out;")]
    [TestCase("public class In { [System.Text.Json.Serialization.JsonPropertyName(\"card_number\")] public string Digits { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In { public List<Part> Parts { get; } = []; } public class Part { public string Pin { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In { public Dictionary<string, Part> Parts { get; } = []; } public class Part { public string Pin { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class Base { public string Pin { get; set; } = \"\"; } public class In : Base; public class Out;")]
    [TestCase("public class In; public class Sub : In { public string Pin { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In; public class Out { public Page<Part>? Page { get; set; } } public class Page<T> { public string Token { get; set; } = \"\"; } public class Part;")]
    [TestCase("public class In { public virtual string Pin { get; set; } = \"\"; } public class Sub : In { public override string Pin { get; set; } = \"\"; } public class Out;")]
    public void It_is_found_wherever_a_recorded_body_leads(string types) => Assert.That(Ids(types + Handler), Is.EqualTo(new[] { "FR0011" }));

    [Test]
    public void An_interface_counts_with_what_implements_it()
        => Assert.That(Secrets("public class In { public IPart? Part { get; set; } } public interface IPart { string Pin { get; } } public class P : IPart { public string Pin => \"\"; } public class Out;" + Handler), Has.Length.EqualTo(2));

    [TestCase("public class In { [Redact] public string Password { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In { [Reveal] public string Password { get; set; } = \"\"; } public class Out;")]
    [TestCase("public record In([Redact] string Password, [property: Reveal] string Pin); public class Out;")]
    [TestCase("public class In { [System.Text.Json.Serialization.JsonIgnore] public string Password { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In { private string Password { get; set; } = \"\"; public string Get() => Password; } public class Out;")]
    [TestCase("public class In { public static string Password { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In { public int TokenCount { get; set; } public string PasswordPolicy => \"\"; } public class Out;")]
    [TestCase("public class In { public Pin Pin { get; set; } } [Redact] public struct Pin { public string Token { get; set; } } public class Out;")]
    [TestCase("public class In { [Redact] public Part? Part { get; set; } } public class Part { public string Token { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In { [Redact] public virtual string Pin { get; set; } = \"\"; } public class Sub : In { public override string Pin { get; set; } = \"\"; } public class Out;")]
    [TestCase("public class In; public class Out; public class Other { public string Password { get; set; } = \"\"; }")]
    public void What_is_decided_or_not_recorded_is_not_reported(string types) => Assert.That(Secrets(types + Handler), Is.Empty);

    [TestCase("public class A : ControllerBase { [Record] public void Get(string token) { } }", 1)]
    [TestCase("public class AController : ControllerBase { [Record] public void Get(string token) { } }", 1)]
    [TestCase("public class AController : ControllerBase { [Record] public void Get([FromQuery(Name = \"pin\")] int number) { } }", 1)]
    [TestCase("public class AController : ControllerBase { [Record] public void Get([Redact] string token, [Reveal] string pin) { } }", 0)]
    [TestCase("public class AController : ControllerBase { [Record] public void Get([FromHeader] string token) { } }", 0)]
    [TestCase("public class AController : ControllerBase { [Record] public void Get(System.Threading.CancellationToken token) { } }", 0)]
    [TestCase("public class AController : ControllerBase { public void Get(string token) { } }", 0)]
    [TestCase("[Record] public class AController : ControllerBase { [DoNotRecord] public void Get(string token) { } }", 0)]
    [TestCase("[Record] public class AController : ControllerBase { private void Help(string token) { } public void Get() => Help(\"\"); }", 0)]
    [TestCase("public class A { public void M() { Func<string, string> f = [Record] (string token) => token; f(\"\"); } }", 1)]
    [TestCase("public class A { public void M() { [Record] static string F(string token) => token; F(\"\"); } }", 1)]
    public void Parameters_bound_by_name_count(string code, int expected) => Assert.That(Secrets(code), Has.Length.EqualTo(expected));

    [TestCase("public string Token { get; set; } = \"\";")]
    [TestCase("[FromQuery(Name = \"api_key\")] public string Key { get; set; } = \"\";")]
    public void Members_bound_by_name_count(string member)
        => Assert.That(Secrets($"public class Q {{ {member} }} public class AController : ControllerBase {{ [Record] public void Get([FromQuery] Q q) {{ }} }}"), Has.Length.EqualTo(1));

    [TestCase("public string Password { get; set; } = \"\";", 1)]
    [TestCase("public string Password { get; private set; } = \"\";", 1)]
    [TestCase("public string Password => \"\";", 0)]
    [TestCase("private string Password { get; set; } = \"\"; public string Read() => Password;", 0)]
    [TestCase("private readonly string _token = \"\"; public string Read() => _token;", 0)]
    [TestCase("[Redact] public string Password { get; set; } = \"\";", 0)]
    [TestCase("[System.ComponentModel.DataAnnotations.Schema.NotMapped] public string Password { get; set; } = \"\";", 0)]
    public void Columns_of_recorded_rows_count(string member, int expected)
        => Assert.That(Secrets($"public class User {{ public int Id {{ get; set; }} {member} }} [Record] public class C : DbContext {{ public DbSet<User> Users => Set<User>(); }}"), Has.Length.EqualTo(expected));

    [Test]
    public void Rows_that_are_not_recorded_do_not_count()
        => Assert.That(Secrets("public class User { public string Password { get; set; } = \"\"; } public class C : DbContext { public DbSet<User> Users => Set<User>(); }"), Is.Empty);

    [Test]
    public void A_method_handed_to_the_framework_under_the_rule_of_the_assembly_counts()
        => Assert.That(Secrets("[assembly: Record] public class P { public static void M(IEndpointRouteBuilder app) => app.MapGet(\"/\", P.Get); private static string Get(string token) => token; }"), Has.Length.EqualTo(1));

    [Test]
    public void Generated_code_is_left_alone()
        => Assert.That(Secrets("// <auto-generated/>\npublic class In { public string Password { get; set; } = \"\"; } public class Out;" + Handler), Is.Empty);

    private static string[] Secrets(string code) => Found(Sources.Compile(code), new SecretNameAnalyzer());

    private static new string[] Ids(string code) => [.. Secrets(code).Select(found => found[..6])];

    [TestCase("app.MapPost(\"/\", (In body) => body);")]
    [TestCase("app.MapPost(\"/\", async (In body) => await Task.FromResult(1));")]
    [TestCase("app.MapGet(\"/\", () => new In());")]
    [TestCase("app.MapPost(\"/\", (Delegate)((In body) => body));")]
    [TestCase("app.MapPost(\"/\", Local); static void Local(In body) { }")]
    public void Under_a_rule_of_the_assembly_lambdas_and_local_functions_are_followed(string code)
        => Assert.That(Secrets(Assembly(code)), Has.Length.EqualTo(1));

    [TestCase("app.MapPost(\"/\", [DoNotRecord] (In body) => body);")]
    [TestCase("Func<In, In> same = (In body) => body; _ = same;")]
    [TestCase("Other.MapPost(\"/\", (In body) => body);")]
    public void Lambdas_that_are_not_recorded_are_not(string code)
        => Assert.That(Secrets(Assembly(code)), Is.Empty);

    [Test]
    public void Without_a_rule_of_the_assembly_lambdas_need_their_own()
        => Assert.That(Secrets(Assembly("app.MapPost(\"/\", (In body) => body);").Replace("[assembly: Record]", "")), Is.Empty);

    private static string Assembly(string code) => $$"""
        [assembly: Record]
        public class In { public string Password { get; set; } = ""; }
        public static class Other { public static void MapPost(string route, Func<In, In> run) { } }
        public static class P { public static void M(IEndpointRouteBuilder app) { {{code}} } }
        """;
}
