using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>
/// flock(2) on an open file: it goes with the process, however that ends, and no other process can be mistaken for it, as with
/// process ids. On Windows the share mode with which the file was opened does the same.
/// </summary>
internal static class FileLock
{
    /// <summary>The lock of a run on its file. Others may read it.</summary>
    public static bool TryShare(SafeFileHandle file) => TryTake(file, LibC.LockShared);

    /// <summary>The lock of who takes the file away: false while its run is alive, and where the file system knows no locks.</summary>
    public static bool TryOwn(SafeFileHandle file) => TryTake(file, LibC.LockExclusive);

    private static bool TryTake(SafeFileHandle file, int operation)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        bool held = false;
        try
        {
            file.DangerousAddRef(ref held);
            int result;
            do
            {
                result = LibC.Lock((int)file.DangerousGetHandle(), operation | LibC.LockNonBlocking);
            }
            while (result != 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
            return result == 0;
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }
}
