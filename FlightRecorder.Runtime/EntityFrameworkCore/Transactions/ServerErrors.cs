using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Tells an error that the server reported from one on the way to it, after which the work may have been done or not.</summary>
internal static class ServerErrors
{
    public static bool WasReported(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException { SqlState: { Length: > 0 } state })
            {
                return !IsAboutConnection(state);
            }
        }

        return false;
    }

    // Class 08 is the connection, 40003 a completion unknown to the server itself.
    private static bool IsAboutConnection(string state) => state.StartsWith("08", StringComparison.Ordinal) || state == "40003";
}
