using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>The rows that one command of a batch affected; -1 where the provider does not tell.</summary>
internal static class BatchRows
{
    public static int Of(DbBatch batch, int index)
    {
        try
        {
            return batch.BatchCommands[index].RecordsAffected;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return -1;
        }
    }
}
