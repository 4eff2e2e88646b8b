using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>Which triggers hold for a closed recording under a rule; none means that it is not kept.</summary>
internal static class TriggerDecision
{
    public static Triggers Decide(ActiveRecording recording, RulePlan? rule)
    {
        KeepWhen keep = rule?.Keep ?? KeepWhen.Always;
        Triggers triggers = keep == KeepWhen.Always ? Triggers.Always : Triggers.None;
        triggers |= When(keep, KeepWhen.Error, IsError(recording), Triggers.Error);
        triggers |= When(keep, KeepWhen.ClientError, recording.Status is >= 400 and < 500, Triggers.ClientError);
        triggers |= When(keep, KeepWhen.Slow, rule is not null && recording.DurationUs >= rule.SlowMilliseconds * 1000L, Triggers.Slow);
        triggers |= When(keep, KeepWhen.Mutation, recording.Mutations.Length > 0, Triggers.Mutation);
        return recording.KeepReason is null ? triggers : triggers | Triggers.Manual;
    }

    private static bool IsError(ActiveRecording recording)
        => recording.Errors.Length > 0 || recording.Status >= 500 || recording.Outcome is RecordingOutcome.Failed;

    // A rule that keeps everything still says what happened: the trigger names the error.
    private static Triggers When(KeepWhen keep, KeepWhen flag, bool holds, Triggers trigger)
        => holds && (keep == KeepWhen.Always ? flag is KeepWhen.Error or KeepWhen.ClientError : keep.HasFlag(flag)) ? trigger : Triggers.None;
}
