namespace FlightRecorder.Tests.Packages;

/// <summary>No build goes on without the generator, or with one of another version: nothing would be recorded, and nothing hidden.</summary>
public sealed class GeneratorTests
{
    [TestCase("-p:Excluded=analyzers")]
    [TestCase("-p:RemoveAnalyzers=true")]
    public async Task Without_the_generator_the_build_fails_and_names_the_fix(string way)
    {
        using Consumer app = await Consumer.CopyAsync("WebApp");
        ShouldFail(
            await app.BuildAsync(way),
            "error FR0101: The FlightRecorder generator was taken away from this project: nothing marked [Record] would be recorded and nothing marked [Redact] hidden. "
                + "Take 'analyzers' out of the ExcludeAssets of FlightRecorder.AspNetCore, and remove what else removes the Analyzer item.");
    }

    [Test]
    public async Task A_generator_of_another_version_fails_the_build()
    {
        using Consumer other = await Consumer.CopyAsync("OtherGenerator");
        (await other.BuildAsync()).ShouldSucceedWithoutWarnings();
        using Consumer app = await Consumer.CopyAsync("WebApp");
        ShouldFail(
            await app.BuildAsync($"-p:OtherGenerator={other.Built("FlightRecorder.Generators.dll")}"),
            "error FR0102: The FlightRecorder generator is not the one of the referenced FlightRecorder.Runtime: found 9.9.9.0 ");
    }

    [Test]
    public async Task A_compiler_too_old_for_the_generator_fails_the_build()
    {
        using Consumer app = await Consumer.CopyAsync("WebApp");
        CommandResult built = await app.BuildAsync("-p:CompilerApiVersion=roslyn4.12");
        ShouldFail(built, "error FR0103: The C# compiler of this SDK (4.12) cannot load the FlightRecorder generator, which needs 4.14. Build with the .NET SDK 9.0.300 or newer.");
    }

    private static void ShouldFail(CommandResult built, string message)
        => Assert.Multiple(() =>
        {
            Assert.That(built.ExitCode, Is.Not.Zero);
            Assert.That(built.Findings, Has.Length.EqualTo(1).And.All.StartsWith(message), built.Output);
        });
}
