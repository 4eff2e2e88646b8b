using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Testing.Example;

public sealed class ReadmeTests
{
    [TestCase("CustomerTests.cs")]
    [TestCase("Program.cs")]
    public void The_readme_quotes_the_example_that_is_compiled_and_run_here(string file)
    {
        string source = File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Runtime", "Testing", "Example", file));
        string readme = File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime", "Testing", "README.md"));
        Assert.That(readme, Does.Contain("```csharp\n" + Shown(source) + "```"));
    }

    // What only this project needs stands before the builder.
    private static string Shown(string source)
        => source.IndexOf("WebApplicationBuilder builder", StringComparison.Ordinal) is > 0 and int start ? source[start..] : source;
}
