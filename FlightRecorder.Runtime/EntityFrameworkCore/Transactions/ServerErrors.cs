using System.Data.Common;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Tells an error that the server reported from one on the way to it, after which the work may have been done or not.</summary>
internal static class ServerErrors
{
    public static bool WasReported(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException { SqlState.Length: > 0 })
            {
                return true;
            }
        }

        return false;
    }
}
