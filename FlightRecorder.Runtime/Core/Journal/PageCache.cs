using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>
/// Gives the memory of written pages back to the system, which would otherwise fill its cache with journal that nobody reads,
/// at the cost of what the app itself reads, and of fresh memory for each page. Linux only; elsewhere nothing.
/// </summary>
internal static partial class PageCache
{
    // POSIX_FADV_DONTNEED of linux/fadvise.h; s390x alone differs.
    private const int DontNeed = 4;

    /// <summary>Drops the pages of a file that are on the disk already. Advice: whether it is followed does not matter.</summary>
    public static void Drop(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        bool held = false;
        try
        {
            file.DangerousAddRef(ref held);
            _ = Advise((int)file.DangerousGetHandle(), 0, 0, DontNeed);
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);
}
