using FlightRecorder.Generators;
using FlightRecorder.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlightRecorder.Tests.Generators.Analyzers;

internal sealed class DescriptorTests
{
    // What the generator leaves out is an error that no setting turns off; from here on it is advice.
    private const string FirstAdvice = "FR0011";

    private static readonly string s_folder = Path.Combine(SourceTree.Root, "FlightRecorder.Generators");

    private static IEnumerable<DiagnosticDescriptor> All => typeof(FlightRecorderGenerator).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
        .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
        .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);

    [Test]
    public void Ids_are_given_once_and_without_a_gap()
        => Assert.That(All.Select(descriptor => descriptor.Id), Is.EqualTo(Enumerable.Range(1, 14).Select(number => $"FR{number:0000}")));

    [Test]
    public void What_the_generator_leaves_out_is_an_error_that_no_setting_turns_off()
        => Assert.That(
            All.Where(descriptor => string.CompareOrdinal(descriptor.Id, FirstAdvice) < 0).Select(descriptor => (descriptor.DefaultSeverity, descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable))),
            Is.All.EqualTo((DiagnosticSeverity.Error, true)));

    [Test]
    public void Advice_can_be_configured()
        => Assert.That(
            All.Where(descriptor => string.CompareOrdinal(descriptor.Id, FirstAdvice) >= 0).Select(descriptor => (descriptor.DefaultSeverity, descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable))),
            Is.EqualTo(new[] { (DiagnosticSeverity.Warning, false), (DiagnosticSeverity.Warning, false), (DiagnosticSeverity.Info, false), (DiagnosticSeverity.Warning, false) }));

    [TestCaseSource(nameof(All))]
    public void Each_has_a_page_that_its_link_leads_to(DiagnosticDescriptor descriptor)
    {
        string page = Path.Combine(s_folder, "..", descriptor.HelpLinkUri);
        Assert.That(File.ReadLines(page).First(), Is.EqualTo($"# {descriptor.Id}: {descriptor.Title}"));
        Assert.That(File.ReadLines(page).Skip(2).First(), Does.StartWith(descriptor.DefaultSeverity.ToString()));
        Assert.That(File.ReadAllText(Path.Combine(s_folder, "rules", "README.md")), Does.Contain($"[{descriptor.Id}]({descriptor.Id}.md)"));
    }

    [TestCaseSource(nameof(All))]
    public void Each_is_in_the_release_notes(DiagnosticDescriptor descriptor)
        => Assert.That(File.ReadAllText(Path.Combine(s_folder, "AnalyzerReleases.Unshipped.md")), Does.Contain($"{descriptor.Id}  | FlightRecorder | {descriptor.DefaultSeverity} | {descriptor.Title}"));
}
