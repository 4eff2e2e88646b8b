using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>
/// File systems on which blocks that were set aside are no promise: those that write a block anew with each change, and those whose
/// server may run out of room, or away. A mapped page there may end the process with SIGBUS.
/// </summary>
internal static partial class FileSystemKind
{
    // struct statfs of every 64-bit Linux begins with its type; the rest is only room.
    private const int StatBytes = 256;

    /// <summary>Its name when files on it may not be mapped for writing, else null.</summary>
    public static string? Unfit(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        bool held = false;
        try
        {
            Span<byte> stat = stackalloc byte[StatBytes];
            file.DangerousAddRef(ref held);
            return Stat((int)file.DangerousGetHandle(), stat) == 0 ? Unfit(MemoryMarshal.Read<long>(stat)) : null;
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    // linux/magic.h
    public static string? Unfit(long type) => (uint)type switch
    {
        0x9123683E => "btrfs",
        0x2FC12FC1 => "ZFS",
        0xCA451A4E => "bcachefs",
        0x00006969 => "NFS",
        0xFF534D42 => "CIFS",
        0xFE534D42 => "SMB",
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "fstatfs")]
    private static partial int Stat(int file, Span<byte> stat);
}
