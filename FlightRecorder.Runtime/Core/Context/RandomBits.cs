using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FlightRecorder;

/// <summary>
/// Unpredictable bytes from the operating system. On Linux straight from the kernel: the framework's generator would load OpenSSL
/// for it, which costs the start of a small service some milliseconds and much of its memory.
/// </summary>
internal static partial class RandomBits
{
    public static void Fill(Span<byte> bytes)
    {
        if (!OperatingSystem.IsLinux() || !TryFillByKernel(bytes))
        {
            RandomNumberGenerator.Fill(bytes);
        }
    }

    /// <summary>So many random bytes as lower-case hexadecimal digits; at most 16.</summary>
    public static string Hex(int bytes)
    {
        Span<byte> bits = stackalloc byte[16];
        Fill(bits[..bytes]);
        return Convert.ToHexStringLower(bits[..bytes]);
    }

    // A request of many bytes may be answered in part, or not at all by a kernel that forbids the call.
    private static bool TryFillByKernel(Span<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                nint filled = GetRandom(bytes, bytes.Length, 0);
                if (filled <= 0)
                {
                    return false;
                }

                bytes = bytes[(int)filled..];
            }

            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrandom")]
    private static partial nint GetRandom(Span<byte> bytes, nint length, uint flags);
}
