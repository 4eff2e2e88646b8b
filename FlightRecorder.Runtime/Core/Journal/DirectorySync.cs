using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>fsync(2) of a directory, which .NET has no call for: without it a new name may be lost with the power. Linux only; elsewhere nothing.</summary>
internal static partial class DirectorySync
{
    // O_RDONLY | O_CLOEXEC of asm-generic/fcntl.h, the same on x64 and arm64.
    private const int ReadOnlyCloseOnExec = 0x80000;

    // What file systems answer that cannot sync a directory, and need not.
    private const int InvalidArgument = 22;
    private const int NotSupported = 95;

    public static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int handle = Open(directory, ReadOnlyCloseOnExec);
        if (handle < 0)
        {
            throw Failure("open", directory);
        }

        try
        {
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or NotSupported))
            {
                throw Failure("fsync", directory);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failure(string call, string directory)
    {
        int errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of {directory}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
