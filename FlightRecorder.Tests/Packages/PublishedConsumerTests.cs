namespace FlightRecorder.Tests.Packages;

/// <summary>A minimal API, published without what it does not need: no warning from us, and it still records.</summary>
public sealed class PublishedConsumerTests
{
    // The package for Native AOT asks for clang; gcc links as well and is there more often.
    private static readonly string[] Linker = OnPath("clang") ? [] : ["-p:CppCompilerAndLinker=gcc"];

    [Test]
    public async Task A_trimmed_self_contained_app_publishes_without_a_warning_and_records()
    {
        using Consumer app = await Consumer.CopyAsync("AotApp");
        (await app.PublishAsync("-p:PublishTrimmed=true", "--use-current-runtime")).ShouldSucceedWithoutWarnings();
        await Recorded.RequestIsRecordedAsync(app.Published("AotApp"), "/handler");
    }

    [Test]
    public async Task A_Native_AOT_app_publishes_without_a_warning_and_records()
    {
        using Consumer app = await Consumer.CopyAsync("AotApp");
        (await app.PublishAsync([.. Linker, "--use-current-runtime"])).ShouldSucceedWithoutWarnings();
        Assert.That(app.Published("AotApp.dll"), Does.Not.Exist);
        await Recorded.RequestIsRecordedAsync(app.Published("AotApp"), "/handler");
    }

    private static bool OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
