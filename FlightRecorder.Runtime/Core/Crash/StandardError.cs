using System.Runtime.InteropServices;
using System.Text;

namespace FlightRecorder;

/// <summary>Standard error without the console's classes, which an app may have redirected; a broken one is a number, never an exception.</summary>
internal sealed class StandardError : ICrashFile
{
    private const int Handle = 2;

    public static StandardError Instance { get; } = new();

    public int RotationFailure => Errno.None;

    public int Probe() => Errno.None;

    public int Append(ReadOnlySpan<byte> line)
    {
        try
        {
            return OperatingSystem.IsLinux() ? Write(line) : WriteStream(line);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            return Errno.Of(error);
        }
    }

    public static void WriteLine(string text) => Instance.Append(Encoding.UTF8.GetBytes(text + '\n'));

    private static int Write(ReadOnlySpan<byte> line)
    {
        while (!line.IsEmpty)
        {
            nint count = LibC.Write(Handle, line, line.Length);
            int errno = count < 0 ? Marshal.GetLastPInvokeError() : Errno.None;
            if (errno is not (Errno.None or Errno.Interrupted))
            {
                return errno;
            }

            line = line[(int)Math.Max(count, 0)..];
        }

        return Errno.None;
    }

    private static int WriteStream(ReadOnlySpan<byte> line)
    {
        using Stream stream = Console.OpenStandardError();
        stream.Write(line);
        return Errno.None;
    }
}
