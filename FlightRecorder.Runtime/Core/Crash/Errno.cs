using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>The system's errors by number, as Linux has them.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int Invalid = 22;
    public const int TooManyLinks = 31;

    /// <summary>Where there is no number.</summary>
    public const int Unknown = -1;

    public static string? Name(int errno) => errno switch
    {
        1 => "EPERM",
        2 => "ENOENT",
        4 => "EINTR",
        5 => "EIO",
        6 => "ENXIO",
        9 => "EBADF",
        11 => "EAGAIN",
        12 => "ENOMEM",
        13 => "EACCES",
        16 => "EBUSY",
        17 => "EEXIST",
        20 => "ENOTDIR",
        21 => "EISDIR",
        22 => "EINVAL",
        23 => "ENFILE",
        24 => "EMFILE",
        26 => "ETXTBSY",
        27 => "EFBIG",
        28 => "ENOSPC",
        30 => "EROFS",
        31 => "EMLINK",
        32 => "EPIPE",
        36 => "ENAMETOOLONG",
        40 => "ELOOP",
        116 => "ESTALE",
        122 => "EDQUOT",
        > 0 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"E{errno}"),
        _ => null,
    };

    /// <summary>The system's words, or those of the recorder where it refused by itself.</summary>
    public static string Words(int errno) => errno switch
    {
        Invalid => "not a regular file",
        TooManyLinks => "the file has other names: hard links are refused",
        40 => "the file is a symbolic link, or its path has too many",
        > 0 => Marshal.GetPInvokeErrorMessage(errno),
        _ => "no reason is known",
    };

    /// <summary>The number inside an exception of the file system.</summary>
    public static int Of(Exception error)
    {
        Exception cause = error is UnauthorizedAccessException { InnerException: IOException inner } ? inner : error;
        return cause switch
        {
            DirectoryNotFoundException or FileNotFoundException => NoEntry,
            PathTooLongException => 36,
            UnauthorizedAccessException => 13,
            _ when cause.HResult is > 0 and < 4096 => cause.HResult,
            _ => Unknown,
        };
    }
}
