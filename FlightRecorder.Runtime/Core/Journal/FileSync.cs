using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>
/// fsync(2) of a file whose failure is told. <see cref="RandomAccess.FlushToDisk"/> calls it too, but on Linux it returns as if all were
/// well when the disk has said EIO (tried on 10.0 with strace).
/// </summary>
internal static partial class FileSync
{
    private const int Interrupted = 4;

    // What files answer that cannot be synced, and need not.
    private const int InvalidArgument = 22;
    private const int NotSupported = 95;

    /// <exception cref="IOException">What was written may be lost; its HResult is the errno.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        int errno = Sync(file);
        if (errno is not (0 or InvalidArgument or NotSupported))
        {
            throw new IOException($"fsync: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
        }
    }

    private static int Sync(SafeFileHandle file)
    {
        bool held = false;
        try
        {
            file.DangerousAddRef(ref held);
            int errno;
            do
            {
                errno = Fsync((int)file.DangerousGetHandle()) == 0 ? 0 : Marshal.GetLastPInvokeError();
            }
            while (errno == Interrupted);
            return errno;
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int file);
}
