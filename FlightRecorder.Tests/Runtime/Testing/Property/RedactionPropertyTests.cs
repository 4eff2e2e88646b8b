namespace FlightRecorder.Tests.Testing.Property;

/// <summary>Random requests with secrets in every position, to an app that repeats them everywhere in every encoding: none may be seen.</summary>
public sealed class RedactionPropertyTests
{
    private const int Seeds = 5_000;
    private const int GuardSeeds = 1_500;

    [Test]
    public async Task No_secret_is_seen_in_any_recording_prompt_or_log_line([Values] bool listHeaders)
    {
        var run = new PropertyRun(scrubEchoes: true, listHeaders);
        await run.ThroughAsync(listHeaders ? 0 : Seeds, listHeaders ? Seeds : Seeds / 5);
        TestContext.Out.WriteLine($"{run.Requests} seeds, {run.Tokens} secrets, {run.Hits.Count} hits");
        Assert.That(run.Hits, Is.Empty, string.Join('\n', run.Hits.Take(10)));
    }

    [Test]
    public async Task Without_scrubbing_the_search_finds_a_leak_in_every_spot_and_encoding()
    {
        var run = new PropertyRun(scrubEchoes: false, listHeaders: true);
        await run.ThroughAsync(0, GuardSeeds);
        TestContext.Out.WriteLine($"{run.Requests} seeds, {run.Tokens} secrets, {run.Hits.Count} hits");
        Assert.Multiple(() =>
        {
            Assert.That(run.LeakedSpots, Is.EquivalentTo(Enum.GetValues<Spot>().Except([Spot.SetCookie])));
            Assert.That(run.LeakedDisguises, Is.EquivalentTo(Enum.GetValues<Disguise>()));
        });
    }
}
