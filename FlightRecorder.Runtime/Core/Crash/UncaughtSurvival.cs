#if NET10_0_OR_GREATER
using System.Runtime.ExceptionServices;
#endif

namespace FlightRecorder;

/// <summary>Lets the process live on after an uncaught exception, where the runtime has a way.</summary>
internal static class UncaughtSurvival
{
#if NET10_0_OR_GREATER
    private static bool s_isArmed;

    public static bool IsPossible => true;

    /// <summary>Has the runtime ask the handler first; once a process, since the runtime takes one handler only.</summary>
    /// <exception cref="InvalidOperationException">The app has set a handler of its own.</exception>
    public static void Arm(Func<Exception, bool> handler)
    {
        if (!s_isArmed)
        {
            ExceptionHandling.SetUnhandledExceptionHandler(handler);
            s_isArmed = true;
        }
    }
#else
    public static bool IsPossible => false;

    public static void Arm(Func<Exception, bool> handler) => throw new InvalidOperationException("The runtime has no such handler.");
#endif
}
