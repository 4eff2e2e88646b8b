using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>Tells a server's refusal, after which nothing was done, from an error on the way, after which the work may have been done or not.</summary>
internal static class ServerVerdict
{
    public static bool IsRefusal(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException { SqlState: { Length: > 0 } state })
            {
                return !IsUncertain(state);
            }
        }

        return false;
    }

    /// <summary>Whether the app or the provider gave up before anything went to the server, such as over a value of the wrong type.</summary>
    public static bool WasNotSent(Exception error)
        => error is ArgumentException or InvalidCastException or InvalidOperationException or NotSupportedException or FormatException or OverflowException
            && error is not DbException;

    /// <summary>What a failed statement does to the transaction it ran in.</summary>
    /// <param name="error">How it failed. A time-out leaves open whether the server saw it.</param>
    /// <param name="providers">An object of the provider's.</param>
    public static FailureEffect EffectOf(Exception error, object providers)
        => WasNotSent(error) ? FailureEffect.None
            : IsNpgsql(providers) && IsRefusal(error) ? FailureEffect.Dooms
            : FailureEffect.Unclear;

    public static bool IsNpgsql(object providers) => providers.GetType().Namespace == "Npgsql";

    // Connection exceptions, completion unknown, the server ending the session, system and internal errors.
    private static bool IsUncertain(string state)
        => state == "40003" || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal) || state.StartsWith("XX", StringComparison.Ordinal);
}
