using FlightRecorder.Tests.Testing.Support;

namespace FlightRecorder.Tests.Testing.Probe;

public sealed class RecordingProbeTests
{
    private TestApp _app = null!;
    private RecordingProbe _probe = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _app = await TestApp.StartAsync(app =>
        {
            app.MapGet("/things/{id:int}", [Record] (int id) => new { id });
            app.MapGet("/unmarked", () => "plain");
            app.MapGet("/job", [Record] () =>
            {
                using Operation job = Flight.Begin("tidy up");
                return "done";
            });
        });
        _probe = _app.Probe();
        _client = _app.Client(_probe);
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        _probe.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task The_recording_of_a_response_is_found_among_others()
    {
        using HttpResponseMessage first = await _client.GetAsync("/things/1");
        using HttpResponseMessage second = await _client.GetAsync("/things/2");
        Assert.That((await _probe.SingleAsync(first)).Request!.Path, Is.EqualTo("/things/1"));
        Assert.That((await _probe.SingleAsync(second)).Request!.Path, Is.EqualTo("/things/2"));
    }

    [Test]
    public async Task A_recording_is_found_by_request_id_and_by_condition()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/7");
        request.Headers.Add("x-request-id", "seven");
        using HttpResponseMessage other = await _client.GetAsync("/things/8");
        using HttpResponseMessage response = await _client.SendAsync(request);
        Assert.That((await _probe.SingleAsync("seven")).Request!.Path, Is.EqualTo("/things/7"));
        Assert.That((await _probe.SingleAsync(recording => recording.Request!.Path == "/things/8")).Response!.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Several_instead_of_one_are_listed_in_the_failure()
    {
        await _client.GetStringAsync("/things/1");
        await _client.GetStringAsync("/things/2");
        await _probe.AtLeastAsync(2);
        RecordingProbeException error = Assert.ThrowsAsync<RecordingProbeException>(() => _probe.SingleAsync())!;
        Assert.That(error.Message, Does.Contain("2 instead of").And.Contain("GET /things/1 → 200").And.Contain("GET /things/2 → 200"));
    }

    [Test]
    public async Task A_missing_recording_fails_at_the_deadline_and_says_what_was_there()
    {
        _probe.Deadline = TimeSpan.FromMilliseconds(50);
        await _client.GetStringAsync("/unmarked");
        RecordingProbeException error = Assert.ThrowsAsync<RecordingProbeException>(() => _probe.SingleAsync())!;
        Assert.That(error.Message, Does.Contain("Within 0.05 s").And.Contain("1 requests went through the probe").And.Contain("[Record]").And.Contain("0 begun"));
    }

    [Test]
    public void Without_a_request_the_failure_names_the_handler()
    {
        _probe.Deadline = TimeSpan.FromMilliseconds(20);
        RecordingProbeException error = Assert.ThrowsAsync<RecordingProbeException>(() => _probe.SingleAsync())!;
        Assert.That(error.Message, Does.Contain("CreateHandler()"));
    }

    [Test]
    public async Task A_request_that_went_around_the_probe_is_not_the_tests()
    {
        using RecordingProbe other = _app.Probe();
        using HttpClient client = _app.Client(other);
        using HttpResponseMessage response = await client.GetAsync("/things/1");
        await other.SingleAsync(response);
        Assert.That(await _probe.ListAsync(), Is.Empty);
    }

    [Test]
    public async Task An_operation_begun_in_a_request_of_the_test_is_the_tests_too()
    {
        await _client.GetStringAsync("/job");
        IReadOnlyList<Recording> recordings = await _probe.AtLeastAsync(2);
        Assert.That(recordings.Select(recording => recording.Kind), Is.EqualTo(new[] { RecordingKind.Request, RecordingKind.Operation }));
    }

    [Test]
    public async Task An_operation_outside_any_request_is_included_by_its_id()
    {
        using (Operation job = Flight.Begin("by night"))
        {
            _probe.Include(job.Recording!.Value.Id);
        }

        Assert.That((await _probe.SingleAsync()).Endpoint!.Name, Is.EqualTo("by night"));
    }

    [Test]
    public async Task A_request_with_a_trace_of_its_own_keeps_it_and_is_found()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/1");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        using HttpResponseMessage response = await _client.SendAsync(request);
        Assert.That((await _probe.SingleAsync(response)).TraceId, Is.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    [Test]
    public async Task A_trace_parent_sent_by_hand_marks_a_request_as_the_tests()
    {
        using RecordingProbe other = _app.Probe();
        using HttpClient client = _app.Client(other);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/1");
        request.Headers.Add("traceparent", _probe.NextTraceParent());
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.That((await _probe.SingleAsync()).TraceId, Is.EqualTo(_probe.TraceId));
    }

    [Test]
    public async Task Twenty_tests_at_a_time_on_one_host_get_their_own_recordings()
    {
        int[][] seen = await Task.WhenAll(Enumerable.Range(0, 20).Select(test => Task.Run(() => FiveRequestsAsync(test))));
        for (int test = 0; test < seen.Length; test++)
        {
            Assert.That(seen[test], Is.EqualTo(Enumerable.Range(test * 5, 5)), $"test {test}");
        }
    }

    [Test]
    public async Task The_files_of_a_test_are_its_recordings_and_their_prompts()
    {
        string directory = Directory.CreateTempSubdirectory("flight-probe-").FullName;
        await _client.GetStringAsync("/things/1");
        await _probe.SingleAsync();
        IReadOnlyList<string> files = await _probe.WriteToAsync(directory);
        Assert.That(files.Select(Path.GetFileName), Is.EqualTo(new[] { $"01-GET-200-{Tail()}.json", $"01-GET-200-{Tail()}.prompt.md" }));
        Assert.That(File.ReadAllText(files[0]), Does.Contain("\"path\": \"/things/1\""));
        Assert.That(File.ReadAllText(files[1]), Does.Contain("GET /things/1"));
        Directory.Delete(directory, recursive: true);

        string Tail() => _probe.ListAsync().GetAwaiter().GetResult()[0].Id.ToString("N")[20..];
    }

    [TestCase(0)]
    [TestCase(601_000)]
    public void A_deadline_out_of_range_is_refused(int milliseconds)
        => Assert.Throws<ArgumentOutOfRangeException>(() => _probe.Deadline = TimeSpan.FromMilliseconds(milliseconds));

    [Test]
    public async Task A_host_without_a_recorder_is_refused()
    {
        await using WebApplication bare = WebApplication.CreateBuilder().Build();
        Assert.That(() => RecordingProbe.For(bare.Services), Throws.InvalidOperationException.With.Message.Contains("AddFlightRecorder"));
    }

    private async Task<int[]> FiveRequestsAsync(int test)
    {
        using RecordingProbe probe = _app.Probe();
        using HttpClient client = _app.Client(probe);
        await Task.WhenAll(Enumerable.Range(test * 5, 5).Select(id => client.GetStringAsync($"/things/{id}")));
        IReadOnlyList<Recording> recordings = await probe.AtLeastAsync(5);
        return [.. recordings.Select(recording => int.Parse(recording.Request!.Params["id"][0])).Order()];
    }
}
