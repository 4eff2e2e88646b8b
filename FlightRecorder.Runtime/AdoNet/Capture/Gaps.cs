namespace FlightRecorder.AdoNet;

/// <summary>What this adapter cannot see, as it is told in recordings.</summary>
internal static class Gaps
{
    public static readonly GapEntry Calls = new("mutations", "a procedure or block was called; what it changed is not seen");

    public static readonly GapEntry NotUnderstood = new("mutations", "a statement was not understood; what it changed is not seen");

    public static readonly GapEntry Unwrapped = new("mutations", "a decorated connection was unwrapped; what a bulk copy or a command over it changes is not seen");

    public static readonly GapEntry UnknownCallSite = new("location", "no code with symbols was on the stack when a command was called for");

    public static readonly GapEntry MayChange = new("mutations", "a query calls a function that may change data; what it changed is not seen");
}
