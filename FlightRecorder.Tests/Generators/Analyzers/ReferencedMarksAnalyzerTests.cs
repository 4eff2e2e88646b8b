using FlightRecorder.Generators.Analyzers;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class ReferencedMarksAnalyzerTests : DiagnosticTests
{
    private const string Contracts = "public class Login { [Redact] public string Badge { get; set; } = \"\"; } public class Plain { public string Name { get; set; } = \"\"; }";
    private const string Unknown = "public static class H { [Record] public static async Task Post(HttpContext c) => await c.Request.ReadFromJsonAsync<Login>(); }";

    [Test]
    public void Marks_of_a_reference_that_the_generator_never_saw_are_reported_with_what_to_do()
        => Assert.That(Marks(Unknown, Sources.Library(Contracts, "Contracts")), Is.EqualTo(new[]
        {
            "FR0014 1: 'Contracts' has types with [Redact] ('Login') but was built without the FlightRecorder generator, so they hide nothing where a body's type is unknown; reference FlightRecorder.Runtime in the project of 'Contracts' itself",
        }));

    [Test]
    public void A_generic_type_counts_as_any_other()
        => Assert.That(
            Marks(Unknown.Replace("<Login>", "<object>"), Sources.Library("public class Page<T> { [Redact] public string Badge { get; set; } = \"\"; public T? Item { get; set; } }", "Contracts")),
            Has.Length.EqualTo(1).And.Some.Contains("('Page<T>')"));

    [Test]
    public void With_the_generator_they_are_compiled_there()
    {
        GeneratorRun run = GeneratorRun.Of(Sources.Compile(Contracts, "Contracts")).Compiles();
        using var image = new MemoryStream();
        Assert.That(run.Output.Emit(image).Success, Is.True);
        Assert.That(Marks(Unknown, MetadataReference.CreateFromImage(image.ToArray())), Is.Empty);
    }

    [Test]
    public void A_reference_assembly_tells_too()
    {
        GeneratorRun run = GeneratorRun.Of(Sources.Compile(Contracts, "Contracts")).Compiles();
        using var image = new MemoryStream();
        Assert.That(run.Output.Emit(image, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: true, includePrivateMembers: false)).Success, Is.True);
        Assert.That(Marks(Unknown, MetadataReference.CreateFromImage(image.ToArray())), Is.Empty);
    }

    [TestCase("public static class H { [Record] public static void Post([FromBody] Login body) { } }")]
    [TestCase("public static class H { [Record] public static void Post([FromBody] Login body) { } [Record] public static object Get() => 1; }")]
    [TestCase("public static class H { [Record] public static Plain Get() => new(); }")]
    [TestCase("public static class H { public static Login Get() => new(); }")]
    public void Where_they_are_compiled_here_or_never_asked_for_nothing_is_said(string code) => Assert.That(Marks(code, Sources.Library(Contracts, "Contracts")), Is.Empty);

    private static string[] Marks(string code, MetadataReference contracts) => Found(Sources.Compile(code, more: contracts), new ReferencedMarksAnalyzer());
}
