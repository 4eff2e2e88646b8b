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

    public static GapEntry AttachedBeyond { get; } = new("mutations.before", "more rows were attached, not read, than BeforeRowLimit lets be read before the save");

    public static GapEntry AttachedUnsafe { get; } = new("mutations.before", "rows that were attached, not read, are not read before a save in a transaction without savepoints or with more isolation than read committed");

    public static GapEntry Attached(string model)
        => new("mutations.before", $"{model} was attached, not read: its values before are not known");

    public static GapEntry AttachedMissing(string model)
        => new("mutations.before", $"{model} was attached, not read, and its row was not there before the save");

    public static GapEntry AttachedPartly(string model)
        => new("mutations.before", $"{model} was attached, not read: owned types and collections inside its row are not among its values before");

    public static GapEntry AttachedFailed(string model, Exception error)
        => new("mutations.before", $"{model} was attached, not read, and reading its row before the save failed: {error.GetType().Name}");

    public static GapEntry Cascades(string model, string dependents)
        => new("mutations", $"a delete of {model} may have deleted or changed rows of {dependents} by the database's own cascade; these are not seen");

    public static GapEntry MayBeDoneTwice { get; } = new("mutations", "an earlier attempt of a save may have been done as well: it is a mutation of its own");
}
