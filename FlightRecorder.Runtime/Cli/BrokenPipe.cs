using System.Runtime.InteropServices;

namespace FlightRecorder.Cli;

/// <summary>Whether the reader of our standard output has gone. The console's stream swallows the error, so who writes for ever has to ask.</summary>
internal static partial class BrokenPipe
{
    // POLLERR of poll.h, the same on Linux and macOS: what a pipe says whose other end is closed.
    private const short PollError = 8;

    public static bool IsOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var output = new PollFile { File = 1 };
        return Poll(ref output, 1, 0) == 1 && (output.Returned & PollError) != 0;
    }

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Asked;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollFile files, nuint count, int timeout);
}
