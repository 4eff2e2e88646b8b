using System.Data.Common;

namespace FlightRecorder;

/// <summary>What a provider's transaction object tells of itself.</summary>
internal static class ProviderTransactions
{
    /// <summary>Whether it ended, seen or not.</summary>
    /// <remarks>Npgsql and SqlClient refuse to tell the isolation level of a finished one; others let go of its connection.</remarks>
    public static bool IsFinished(DbTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel;
            return transaction.Connection is null;
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException)
        {
            return true;
        }
    }
}
