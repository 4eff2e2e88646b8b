using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>System calls that .NET does not give: a file opened with the real O_APPEND, and whether a name is still that file.</summary>
internal static partial class LibC
{
    // asm-generic/fcntl.h, but for O_NOFOLLOW, which differs on arm.
    public const int WriteOnly = 0x1;
    public const int Create = 0x40;
    public const int NonBlocking = 0x800;
    public const int Append = 0x400;
    public const int CloseOnExec = 0x80000;

    public const int DuplicateCloseOnExec = 1030;

    // sys/file.h
    public const int LockShared = 1;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    // linux/fcntl.h and linux/stat.h
    public const int CurrentDirectory = -100;
    public const int EmptyPath = 0x1000;

    // Type, mode, links, node and size. Not the times: a kernel that was asked for them must write a finer one with the next line.
    public const uint Facts = 0x307;

    // unistd.h
    public const int SeekCurrent = 1;
    public const int SeekEnd = 2;

    public static int NoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial int Open(ReadOnlySpan<byte> path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(int file, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int file, long length);

    [LibraryImport("libc", EntryPoint = "fchmod")]
    public static partial int ChangeMode(int file, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    public static partial int Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to);

    /// <summary>Ends the process without a word to anyone.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Stat(int directory, ReadOnlySpan<byte> path, int flags, uint mask, out FileFacts facts);
}

/// <summary>struct statx of linux/stat.h, the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileFacts
{
    [FieldOffset(16)]
    public uint Links;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Node;

    [FieldOffset(40)]
    public ulong Size;

    [FieldOffset(48)]
    public ulong Blocks;

    [FieldOffset(136)]
    public ulong Device;

    private const ushort TypeMask = 0xF000;
    private const ushort Regular = 0x8000;
    private const ushort PermissionsMask = 0xFFF;

    public readonly bool IsRegular => (Mode & TypeMask) == Regular;

    public readonly uint Permissions => (uint)(Mode & PermissionsMask);

    public readonly bool IsSameAs(in FileFacts other) => Node == other.Node && Device == other.Device;
}
