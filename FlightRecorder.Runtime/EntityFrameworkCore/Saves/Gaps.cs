using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What this adapter could not see, in words.</summary>
internal static class Gaps
{
    public static GapEntry NoCallSite { get; } = new("mutations.location", "CaptureCallSite is not available yet");

    public static GapEntry SetBased { get; } = new("mutations.rows", "the rows of set-based statements are not read yet");

    public static GapEntry Calls { get; } = new("mutations", "a procedure or block was called; what it changed is not seen");

    public static GapEntry NotUnderstood { get; } = new("mutations", "a statement was not understood; what it changed is not seen");

    public static GapEntry Unmarked(DbContext context) => new("mutations", $"DbContext {context.GetType().Name} carries no [Record]");

    public static GapEntry Attached(string model)
        => new("mutations.before", $"{model} was attached, not read: its values before are not known");
}
