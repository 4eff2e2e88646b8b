namespace FlightRecorder.Tests.Packages;

/// <summary>Web apps that reference FlightRecorder.AspNetCore and nothing else of ours.</summary>
public sealed class WebConsumerTests
{
    [TestCase("net10.0", "enable", "disable")]
    [TestCase("net10.0", "disable", "enable")]
    [TestCase("net9.0", "enable", "disable")]
    [TestCase("net9.0", "disable", "enable")]
    public async Task A_web_app_with_one_reference_builds_without_a_warning_and_records(string framework, string nullable, string implicitUsings)
    {
        using Consumer app = await Consumer.CopyAsync("WebApp");
        CommandResult built = await app.BuildAsync($"-p:Framework={framework}", $"-p:Nullable={nullable}", $"-p:ImplicitUsings={implicitUsings}");
        built.ShouldSucceedWithoutWarnings();
        await Recorded.RequestIsRecordedAsync(app.Built("WebApp.dll"), "/customers", "/handler");
    }

    [Test]
    public async Task A_web_app_that_has_the_package_through_a_library_alone_gets_the_generator_too()
    {
        using Consumer app = await Consumer.CopyAsync("Indirect", "App");
        (await app.BuildAsync()).ShouldSucceedWithoutWarnings();
        await Recorded.RequestIsRecordedAsync(app.Built("App.dll"), "/handler");
    }

    [Test]
    public async Task A_web_app_with_EF_Core_Npgsql_and_Dapper_builds_without_a_warning()
    {
        using Consumer app = await Consumer.CopyAsync("DataApp");
        (await app.BuildAsync()).ShouldSucceedWithoutWarnings();
    }
}
