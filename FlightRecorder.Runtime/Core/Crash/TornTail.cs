using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>Whether a file ends in half a line, as a loss of power leaves it: the next line would be glued to it and lost as well.</summary>
internal static class TornTail
{
    // Another process may be in the middle of its line. Was it only slow, an empty line is all that comes of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    public static bool IsIn(string path)
    {
        try
        {
            return !EndsWell(path) && !SpinWait.SpinUntil(() => EndsWell(path), Patience);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            // It may be written and not read: then nothing is known of it.
            return false;
        }
    }

    private static bool EndsWell(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = RandomAccess.GetLength(file);
        Span<byte> last = stackalloc byte[1];
        return length == 0 || RandomAccess.Read(file, last, length - 1) == 0 || last[0] == '\n';
    }
}
