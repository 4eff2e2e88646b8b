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

    [Test]
    public void The_readme_quotes_the_steps_that_are_run_here()
    {
        string source = File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Runtime", "Testing", "Example", "StepTests.cs"));
        string readme = File.ReadAllText(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime", "Testing", "README.md"));
        string steps = readme.Split("```csharp\n").Single(block => block.Contains("canary.Token(\"query token\")", StringComparison.Ordinal)).Split("```")[0];
        Assert.That(source.Replace("\n        ", "\n", StringComparison.Ordinal), Does.Contain("{\n" + steps + "    }"));
    }

    // What only this project needs stands before the builder.
    private static string Shown(string source)
        => source.IndexOf("WebApplicationBuilder builder", StringComparison.Ordinal) is > 0 and int start ? source[start..] : source;
}
