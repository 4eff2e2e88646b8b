using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>
/// Gives a file all its blocks before it is mapped. A mapped page that has no block on a full disk kills the process with SIGBUS.
/// </summary>
internal static partial class Preallocation
{
    private const int NotSupported = 95;
    private const int ChunkBytes = 256 * 1024;

    /// <exception cref="IOException">There is no room, or the file system refuses.</exception>
    public static void Fill(SafeFileHandle file, int bytes)
    {
        if (!OperatingSystem.IsLinux() || !TryAllocate(file, bytes))
        {
            WriteZeros(file, bytes);
        }
    }

    // False where the file system has no such operation.
    private static bool TryAllocate(SafeFileHandle file, int bytes)
    {
        bool held = false;
        try
        {
            file.DangerousAddRef(ref held);
            int errno;
            do
            {
                errno = Allocate((int)file.DangerousGetHandle(), 0, bytes);
            }
            while (errno == Errno.Interrupted);
            return errno switch
            {
                Errno.None => true,
                NotSupported or Errno.Invalid => false,
                _ => throw new IOException("posix_fallocate: " + Marshal.GetPInvokeErrorMessage(errno), errno),
            };
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    private static void WriteZeros(SafeFileHandle file, int bytes)
    {
        byte[] zeros = new byte[ChunkBytes];
        for (int at = 0; at < bytes; at += zeros.Length)
        {
            RandomAccess.Write(file, zeros.AsSpan(0, Math.Min(zeros.Length, bytes - at)), at);
        }

        FileSync.Flush(file);
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Allocate(int file, long offset, long length);
}
