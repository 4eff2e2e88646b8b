using System.Text;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class LocationTests
{
    private const string Code = """
        public sealed class Dto
        {
            [Redact]
            public string Secret { get; set; } = "";
        }

        public static class Handlers
        {
            [Record(Route = "/a")]
            [Record(Route = "/b")]
            public static void
                Handle([FromBody] Dto dto)
            {
            }
        }
        """;

    [TestCase("/repo", "Shop/Code.cs:12")]
    [TestCase("/repo/", "Shop/Code.cs:12")]
    [TestCase("/repo/Shop", "Code.cs:12")]
    [TestCase("/elsewhere", "Code.cs:12")]
    [TestCase("/rep", "Code.cs:12")]
    [TestCase("", "Code.cs:12")]
    [TestCase(null, "Code.cs:12")]
    public void A_handlers_location_is_relative_to_the_root(string? root, string expected)
        => Assert.That(GeneratorRun.Of(Sources.Compile(Code), root).Compiles().Plans, Does.Contain($"Location = \"{expected}\""));

    [Test]
    public void Windows_paths_are_written_with_slashes()
        => Assert.That(
            GeneratorRun.Of(Sources.Compile(Code, path: @"C:\Repo\Shop\Code.cs"), @"c:\repo\").Compiles().Plans,
            Does.Contain("Location = \"Shop/Code.cs:12\""));

    [Test]
    public void A_types_location_is_the_line_of_its_name()
        => Assert.That(GeneratorRun.Of(Code).Text, Does.Contain("""new("Dto", "Shop/Code.cs:1")"""));

    [Test]
    public void A_changed_root_changes_the_places_and_nothing_that_was_parsed()
    {
        GeneratorRun run = GeneratorRun.Of(Sources.Compile(Code), "/repo");
        Assert.That(run.Text, Does.Not.Contain("/repo/Shop/Code.cs:12"));
        Assert.That(run.Text, Does.Contain("Shop/Code.cs:12"));
    }

    [Test]
    public void With_a_path_map_no_absolute_path_is_in_the_text_or_the_binary()
    {
        var resolver = new SourceFileResolver([], null, [new KeyValuePair<string, string>("/repo/", "/_/")]);
        CSharpCompilation compilation = Sources.Compile(Code);
        compilation = compilation.WithOptions(compilation.Options.WithSourceReferenceResolver(resolver).WithDeterministic(true));
        GeneratorRun run = GeneratorRun.Of(compilation).Compiles();
        Assert.That(run.Plans, Does.Contain("""Delegate("/_/Shop/Code.cs", 9)"""));
        Assert.That(run.Text, Does.Not.Contain("/repo"));

        using var image = new MemoryStream();
        Assert.That(run.Output.Emit(image).Success, Is.True);
        byte[] binary = image.ToArray();
        Assert.That(Contains(binary, Encoding.UTF8.GetBytes("/_/Shop")) || Contains(binary, Encoding.Unicode.GetBytes("/_/Shop")), Is.True);
        Assert.That(Contains(binary, Encoding.UTF8.GetBytes("/repo")) || Contains(binary, Encoding.Unicode.GetBytes("/repo")), Is.False);
    }

    private static bool Contains(byte[] binary, byte[] text) => binary.AsSpan().IndexOf(text) >= 0;
}
