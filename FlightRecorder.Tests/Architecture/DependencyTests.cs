namespace FlightRecorder.Tests.Architecture;

public sealed class DependencyTests
{
    private static readonly string[] Adapters = ["FlightRecorder.AspNetCore", "FlightRecorder.EntityFrameworkCore", "FlightRecorder.AdoNet", "FlightRecorder.PostgreSql", "FlightRecorder.Testing"];

    [Test]
    public void Core_references_nothing_of_ours() => Assert.That(Binaries.ReferencesOf(Binaries.Core), Has.None.StartsWith("FlightRecorder"));

    [Test]
    public void Core_references_no_package_but_the_abstractions_of_the_extensions()
        => Assert.That(
            Binaries.ReferencesOf(Binaries.Core).Where(name => name.StartsWith("Microsoft.", StringComparison.Ordinal)),
            Has.All.Match(@"^Microsoft\.Extensions\.([A-Za-z]+\.)*(Abstractions|Primitives)$"));

    [Test]
    public void Core_references_no_networking_assembly() => Assert.That(Binaries.ReferencesOf(Binaries.Core), Has.None.StartsWith("System.Net"));

    [TestCaseSource(nameof(Adapters))]
    public void An_adapter_references_core_and_no_other_adapter(string adapter)
        => Assert.That(
            Binaries.ReferencesOf(adapter).Where(name => name.StartsWith("FlightRecorder", StringComparison.Ordinal)),
            Is.EqualTo(new[] { Binaries.Core }));

    [TestCase(Binaries.Core)]
    [TestCase("FlightRecorder.AspNetCore")]
    public void No_option_is_bound_by_reflection(string assembly)
        => Assert.That(Binaries.CallsTo(assembly, "Microsoft.Extensions.Configuration.ConfigurationBinder"), Is.Empty, "the generator replaces each call of the binder");

    [Test]
    public void Calls_would_be_found()
        => Assert.That(Binaries.CallsTo("FlightRecorder.AspNetCore", "Microsoft.Extensions.Primitives.ChangeToken"), Does.Contain("OnChange"));

    [Test]
    public void The_decorators_reference_no_provider_and_no_Dapper()
        => Assert.That(Binaries.ReferencesOf("FlightRecorder.AdoNet"), Has.None.Matches<string>(name => name is "Npgsql" or "Dapper"));

    [TestCase("FlightRecorder.Generators")]
    [TestCase("FlightRecorder.Generators.CodeFixes")]
    public void What_compilers_and_editors_load_references_nothing_of_ours(string assembly)
        => Assert.That(Binaries.ReferencesOf(assembly), Has.None.StartsWith("FlightRecorder"));

    [Test]
    public void The_test_package_references_no_test_framework()
        => Assert.That(Binaries.ReferencesOf("FlightRecorder.Testing"), Has.None.Matches<string>(name => name.Contains("nunit", StringComparison.OrdinalIgnoreCase) || name.StartsWith("xunit", StringComparison.Ordinal)));

    [Test]
    public void What_compilers_load_needs_nothing_that_only_editors_have()
        => Assert.That(Binaries.ReferencesOf("FlightRecorder.Generators"), Has.None.Contains("Workspaces").And.None.StartsWith("System.Composition"));
}
