using System.Data.Common;

namespace FlightRecorder;

/// <summary>
/// What an error says about the work it ended: that the server refused it, so that nothing was done; that it never went out; or
/// nothing, because it broke on the way and the work may have been done. Knows no provider but by the SQLSTATE of its errors.
/// </summary>
internal static class ServerVerdict
{
    /// <summary>Whether the server refused it, and so did nothing of it.</summary>
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

    /// <summary>
    /// The errors of an open connection's PostgreSQL server in an exception, several where a batch goes on after one. One that
    /// broke the connection or came while it was made is left out: the provider does not count it.
    /// </summary>
    public static IEnumerable<Exception> RefusalsIn(Exception? error) => error switch
    {
        null => [],
        AggregateException several => several.InnerExceptions.SelectMany(RefusalsIn),
        DbException { SqlState: { Length: > 0 } state } => IsNpgsql(error) && !IsUncertain(state) && !IsOfConnecting(state) ? [error] : [],
        _ => RefusalsIn(error.InnerException),
    };

    /// <summary>Whether nothing is left of a text without transaction control that failed where it commits by itself.</summary>
    /// <param name="error">How it failed.</param>
    /// <param name="isAlone">It is one statement: done whole or not at all, as any text is that PostgreSQL gets in one piece.</param>
    /// <param name="providers">An object of the provider's.</param>
    public static bool IsUndoneWhole(Exception? error, bool isAlone, object providers) => IsRefusal(error) && (isAlone || IsNpgsql(providers));

    /// <summary>Whether the app or the provider gave up before anything went to the server, such as over a value of the wrong type.</summary>
    public static bool WasNotSent(Exception? error)
        => error is ArgumentException or InvalidCastException or InvalidOperationException or NotSupportedException or FormatException or OverflowException
            && error is not DbException;

    /// <summary>Whether the server said that no transaction is open: SQLSTATE 25P01, no_active_sql_transaction.</summary>
    public static bool SaysNoTransaction(Exception? error) => error is DbException { SqlState: "25P01" };

    /// <summary>What a failed statement does to the transaction it ran in.</summary>
    /// <param name="error">How it failed; null for a cancellation. That and a time-out leave open whether the server saw it.</param>
    /// <param name="providers">An object of the provider's.</param>
    public static FailureEffect EffectOf(Exception? error, object providers)
        => WasNotSent(error) ? FailureEffect.None
            : IsNpgsql(providers) && IsRefusal(error) ? FailureEffect.Dooms
            : FailureEffect.Unclear;

    public static bool IsNpgsql(object providers) => providers.GetType().Namespace == "Npgsql";

    // Wrong credentials, no such database, no room for one more connection.
    private static bool IsOfConnecting(string state)
        => state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("3D", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal);

    // Connection exceptions, completion unknown, the server ending the session, system and internal errors.
    private static bool IsUncertain(string state)
        => state == "40003" || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal) || state.StartsWith("XX", StringComparison.Ordinal);
}
