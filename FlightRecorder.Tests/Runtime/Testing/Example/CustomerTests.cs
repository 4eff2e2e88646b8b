using FlightRecorder;
using Microsoft.AspNetCore.Mvc.Testing;
using NUnit.Framework.Interfaces;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class CustomerTests : IDisposable
{
    private static readonly WebApplicationFactory<Program> Factory = new();

    private readonly RecordingProbe _probe = RecordingProbe.For(Factory.Services);
    private readonly HttpClient _client;

    public CustomerTests() => _client = Factory.CreateDefaultClient(_probe.CreateHandler());

    [Test]
    public async Task A_refused_customer_is_recorded_with_its_answer()
    {
        HttpResponseMessage response = await _client.PostAsJsonAsync("/customers", new { name = "Ada", email = "nowhere" });

        Recording recording = await _probe.SingleAsync(response);
        Assert.That(recording.Response!.Status, Is.EqualTo(400));
        Assert.That(recording.Response.Body.Value.GetString(), Is.EqualTo("[REDACTED] is no address."));
    }

    [Test]
    public async Task No_marked_member_of_a_customer_is_seen_anywhere()
    {
        CanaryReport report = await RedactionCanary.FlyAsync<NewCustomer>(_probe, customer => _client.PostAsJsonAsync("/customers", customer));

        report.ThrowIfLeaked();
        Assert.That(report.NotCarried, Is.Empty);
    }

    [TearDown]
    public async Task AttachRecordingsOfAFailedTest()
    {
        TestContext context = TestContext.CurrentContext;
        if (context.Result.Outcome.Status == TestStatus.Failed)
        {
            foreach (string file in await _probe.WriteToAsync(Path.Combine(context.WorkDirectory, context.Test.ID)))
            {
                TestContext.AddTestAttachment(file);
            }
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _probe.Dispose();
    }

    [OneTimeTearDown]
    public static void StopTheApp() => Factory.Dispose();
}
