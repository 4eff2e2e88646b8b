using System.Text.RegularExpressions;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Match;

public sealed class ShouldRecordTests
{
    [Test]
    public async Task Routes_takes_globs_and_exact_paths_and_expressions()
    {
        await using TestApp app = await AppAsync(RecordFilter.Routes("/api/**", "/exact", new Regex("^/v[0-9]/", RegexOptions.NonBacktracking)));

        foreach (string path in new[] { "/api/a", "/exact", "/v1/x", "/other" })
        {
            await WhichRequestsTests.GetAsync(app, path);
        }

        Assert.That((await app.SettledAsync(3)).Select(recording => recording.Path), Is.EqualTo(new[] { "/api/a", "/exact", "/v1/x" }));
    }

    [Test]
    public async Task Methods_takes_the_methods_named()
    {
        await using TestApp app = await AppAsync(RecordFilter.Methods("put"));

        await app.Client.PutAsync("/x", null);
        await app.Client.GetAsync("/x");

        Assert.That((await app.OnlyAsync()).Method, Is.EqualTo("PUT"));
    }

    [Test]
    public async Task Header_takes_requests_with_one_of_its_values()
    {
        await using TestApp app = await AppAsync(RecordFilter.Header("x-debug", "on"));

        await WhichRequestsTests.GetAsync(app, "/a", "x-debug", "on");
        await WhichRequestsTests.GetAsync(app, "/b", "x-debug", "off");

        Assert.That((await app.OnlyAsync()).Path, Is.EqualTo("/a"));
    }

    [Test]
    public async Task Actor_ids_are_judged_when_the_actor_is_known()
    {
        await using TestApp app = await AppAsync(RecordFilter.ActorIds("user_42"));

        await WhichRequestsTests.GetAsync(app, "/a", "x-user", "user_42");
        await WhichRequestsTests.GetAsync(app, "/b", "x-user", "user_7");

        Assert.That((await app.OnlyAsync()).Path, Is.EqualTo("/a"));
        Assert.That(app.Recorder.Counters.NotKept, Is.EqualTo(1));
    }

    [Test]
    public async Task Not_an_actor_holds_only_once_the_actor_is_known_to_be_another()
    {
        await using TestApp app = await AppAsync(RecordFilter.Not(RecordFilter.ActorIds("robot")));

        await WhichRequestsTests.GetAsync(app, "/a", "x-user", "robot");
        await WhichRequestsTests.GetAsync(app, "/b", "x-user", "user_7");

        Assert.That((await app.OnlyAsync()).Path, Is.EqualTo("/b"));
    }

    [Test]
    public async Task All_and_any_combine()
    {
        await using TestApp app = await AppAsync(
            RecordFilter.All(RecordFilter.Methods("GET"), RecordFilter.Any(RecordFilter.Routes("/a"), RecordFilter.Header("x-debug"))));

        await WhichRequestsTests.GetAsync(app, "/a");
        await WhichRequestsTests.GetAsync(app, "/b", "x-debug");
        await WhichRequestsTests.GetAsync(app, "/c");
        await app.Client.PutAsync("/a", null);

        Assert.That((await app.SettledAsync(2)).Select(recording => recording.Path), Is.EqualTo(new[] { "/a", "/b" }));
    }

    [Test]
    public async Task It_is_a_further_condition_and_records_nothing_unmarked()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => ""), options => options.ShouldRecord = _ => true);

        await WhichRequestsTests.GetAsync(app, "/x");

        Assert.That(app.Recorder.Counters.Offered, Is.Zero);
    }

    private static Task<TestApp> AppAsync(Func<RequestFacts, bool> should)
        => TestApp.StartAsync(
            web =>
            {
                WhichRequestsTests.SignIn(web);
                web.Map("/{**path}", () => "").Record();
            },
            options => options.ShouldRecord = should);
}
