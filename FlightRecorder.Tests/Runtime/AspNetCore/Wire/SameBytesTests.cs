using System.Text;
using FlightRecorder.Tests.AspNetCore.Support;
using FlightRecorder.Tests.Support.Wire;

namespace FlightRecorder.Tests.AspNetCore.Wire;

public sealed class SameBytesTests
{
    private TestApp _bare = null!;
    private TestApp _recorded = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bare = await TestApp.StartBareAsync(WireApp.Map, WireApp.Build);
        _recorded = await TestApp.StartAsync(WireApp.Map, options => options.RecordEverything = true, WireApp.Build);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _bare.DisposeAsync();
        await _recorded.DisposeAsync();
    }

    [TestCaseSource(typeof(WireScenarios), nameof(WireScenarios.All))]
    public async Task The_client_gets_the_same_bytes_with_and_without_the_recorder(object item)
    {
        var scenario = (WireScenario)item;

        byte[] bare = await RunAsync(scenario, _bare);
        byte[] seen = await RunAsync(scenario, _recorded);

        Assert.That(WireText.Normalised(seen), Is.EqualTo(WireText.Normalised(bare)));
        Assert.That(_recorded.Recorder.Counters.Faults, Is.Zero);
    }

    [TestCaseSource(typeof(WireScenarios), nameof(WireScenarios.All))]
    public async Task What_is_recorded_is_what_the_app_read_and_sent(object item)
    {
        var scenario = (WireScenario)item;
        await _recorded.ForgetAsync();

        byte[] seen = await RunAsync(scenario, _recorded);
        IReadOnlyList<Snapshot> recorded = await _recorded.SettledAsync(scenario.Requests);

        Assert.That(recorded, Has.Count.EqualTo(scenario.Requests));
        if (scenario.Requests == 1)
        {
            CheckBodies(scenario, recorded[0], WireText.LastBody(seen));
        }
    }

    private static void CheckBodies(WireScenario scenario, Snapshot recording, byte[] body)
    {
        Assert.Multiple(() =>
        {
            Assert.That(recording.Outcome, Is.EqualTo(scenario.Outcome));
            Assert.That(recording.Request.State, Is.EqualTo(scenario.RequestState));
            Assert.That(recording.Request.Text, Is.EqualTo(scenario.RequestBody ?? ""));
            Assert.That(recording.Response.State, Is.EqualTo(scenario.ResponseState));
            if (scenario.ResponseState is BodyState.Complete or BodyState.Partial or BodyState.Truncated)
            {
                Assert.That(recording.Response.Text, Is.EqualTo(Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 32 * 1024))));
                Assert.That(recording.Response.TotalBytes, Is.EqualTo(body.Length));
            }
        });
    }

    private static async Task<byte[]> RunAsync(WireScenario scenario, TestApp app)
    {
        await using RawConnection connection = await app.ConnectAsync();
        await scenario.Run(connection);
        return connection.Received;
    }
}
