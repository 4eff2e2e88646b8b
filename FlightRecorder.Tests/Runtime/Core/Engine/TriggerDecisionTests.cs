using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.Context;

namespace FlightRecorder.Tests.Core.Engine;

public sealed class TriggerDecisionTests
{
    [TestCase(KeepWhen.Always, 200, false, Triggers.Always)]
    [TestCase(KeepWhen.Always, 500, false, Triggers.Always | Triggers.Error)]
    [TestCase(KeepWhen.Always, 404, false, Triggers.Always | Triggers.ClientError)]
    [TestCase(KeepWhen.Error, 200, false, Triggers.None)]
    [TestCase(KeepWhen.Error, 404, false, Triggers.None)]
    [TestCase(KeepWhen.Error, 503, false, Triggers.Error)]
    [TestCase(KeepWhen.Error, 200, true, Triggers.Error)]
    [TestCase(KeepWhen.ClientError, 409, false, Triggers.ClientError)]
    [TestCase(KeepWhen.Error | KeepWhen.ClientError, 409, false, Triggers.ClientError)]
    [TestCase(KeepWhen.Mutation, 200, false, Triggers.None)]
    public async Task Status_and_errors_decide(KeepWhen keep, int status, bool error, Triggers expected)
    {
        await using Recorder recorder = await TestRecorder.StartAsync(_ => { }).ConfigureAwait(false);
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Status = status;
        if (error)
        {
            recording.Handle.Error(new InvalidOperationException());
        }

        recording.Close();
        Assert.That(TriggerDecision.Decide(recording, new RulePlan { Keep = keep }), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_slow_request_and_a_mutation_trigger_when_the_rule_asks_for_them()
    {
        await using Recorder recorder = await TestRecorder.StartAsync(_ => { }).ConfigureAwait(false);
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Handle.Mutation("Cart", "update");
        recording.Close();
        Assert.Multiple(() =>
        {
            Assert.That(TriggerDecision.Decide(recording, new RulePlan { Keep = KeepWhen.Slow, SlowMilliseconds = 0 }), Is.EqualTo(Triggers.Slow));
            Assert.That(TriggerDecision.Decide(recording, new RulePlan { Keep = KeepWhen.Slow, SlowMilliseconds = 60_000 }), Is.EqualTo(Triggers.None));
            Assert.That(TriggerDecision.Decide(recording, new RulePlan { Keep = KeepWhen.Mutation }), Is.EqualTo(Triggers.Mutation));
        });
    }
}
