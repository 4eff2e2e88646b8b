namespace FlightRecorder;

/// <summary>Failures of the file system, as people look them up.</summary>
internal static class IoFailure
{
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException or ObjectDisposedException;

    /// <summary>The errno's name where it is known and the system's words, such as <c>ENOSPC: No space left on device</c>.</summary>
    public static string Describe(Exception error)
    {
        Exception cause = error is UnauthorizedAccessException { InnerException: IOException inner } ? inner : error;
        return Name(cause) is { } name ? $"{name}: {cause.Message}" : cause.Message;
    }

    // .NET puts the raw errno of Linux into HResult where it has no exception type of its own.
    private static string? Name(Exception error) => (error, error.HResult) switch
    {
        (DirectoryNotFoundException or FileNotFoundException, _) => "ENOENT",
        (PathTooLongException, _) => "ENAMETOOLONG",
        (_, 1) => "EPERM",
        (_, 5) => "EIO",
        (_, 13) => "EACCES",
        (_, 17) => "EEXIST",
        (_, 20) => "ENOTDIR",
        (_, 23) => "ENFILE",
        (_, 24) => "EMFILE",
        (_, 27) => "EFBIG",
        (_, 28) => "ENOSPC",
        (_, 30) => "EROFS",
        (_, 40) => "ELOOP",
        (_, 122) => "EDQUOT",
        (UnauthorizedAccessException, _) => "EACCES",
        _ => null,
    };
}
