using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// Whether an exception has a stack, without rendering it, which takes twenty times as long as all that is done on the caller's
/// thread. The runtime's own mark tells, where this runtime has it; otherwise the frames are counted.
/// </summary>
internal static class ThrownMark
{
    private static readonly bool IsKnown = Probe();

    public static bool HasStack(Exception exception)
    {
        try
        {
            // One that was not thrown may still have the text of another process's stack.
            return WasThrown(exception) || exception.StackTrace is not null;
        }
        catch (Exception)
        {
            // StackTrace is virtual.
            return false;
        }
    }

    internal static bool WasThrown(Exception exception)
        => IsKnown ? HasBeenThrown(exception) : new StackTrace(exception, fNeedFileInfo: false).FrameCount > 0;

    private static bool Probe()
    {
        try
        {
            return !HasBeenThrown(new InvalidOperationException());
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_HasBeenThrown")]
    private static extern bool HasBeenThrown(Exception exception);
}
