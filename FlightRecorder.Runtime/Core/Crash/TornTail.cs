using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>Whether a file ends in half a line, as a loss of power leaves it: the next line would be glued to it and lost as well.</summary>
internal static class TornTail
{
    private const int MaxTurns = 3;

    /// <param name="path">The file.</param>
    /// <param name="awaitWriters">Returns when each write(2) that is in progress on the file is done.</param>
    public static bool IsIn(string path, Action awaitWriters)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            for (int turn = 0; turn < MaxTurns; turn++)
            {
                long length = RandomAccess.GetLength(file);
                if (EndsWell(file, length))
                {
                    return false;
                }

                // Another process may be in the middle of its line, and a busy machine may hold it up there: then the file has grown afterwards.
                awaitWriters();
                if (RandomAccess.GetLength(file) == length)
                {
                    return true;
                }
            }
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            // It may be written and not read: then nothing is known of it.
        }

        return false;
    }

    private static bool EndsWell(SafeFileHandle file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length == 0 || RandomAccess.Read(file, last, length - 1) == 0 || last[0] == '\n';
    }
}
