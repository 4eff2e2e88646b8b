using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Packages;

/// <summary>How a command ended and what it said.</summary>
internal sealed partial record CommandResult(int ExitCode, string Output)
{
    /// <summary>The warnings and errors, each once, without the project and the place.</summary>
    public string[] Findings => [.. FindingPattern().Matches(Output).Select(match => match.Value).Distinct()];

    public void ShouldSucceedWithoutWarnings()
        => Assert.Multiple(() =>
        {
            Assert.That(ExitCode, Is.Zero, Output);
            Assert.That(Findings, Is.Empty, Output);
        });

    [GeneratedRegex(@"\b(warning|error) [A-Z]+\d+: .*")]
    private static partial Regex FindingPattern();
}
