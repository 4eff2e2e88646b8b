using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What this adapter could not see, in words.</summary>
internal static class Gaps
{
    public static GapEntry UnknownCallSite { get; } = new("location", "no code with symbols was on the stack when a command or save was called for");

    public static GapEntry MayChange { get; } = new("mutations", "a query calls a function that may change data; what it changed is not seen");

    public static GapEntry Calls { get; } = new("mutations", "a procedure or block was called; what it changed is not seen");

    public static GapEntry NotUnderstood { get; } = new("mutations", "a statement was not understood; what it changed is not seen");

    public static GapEntry Unmarked(DbContext context) => new("mutations", $"DbContext {context.GetType().Name} carries no [Record]");

    public static GapEntry AttachedAsModified(MutationEntry mutation)
        => new("mutations.before", $"{mutation.Model} was attached as modified: its values before are not known");
}
