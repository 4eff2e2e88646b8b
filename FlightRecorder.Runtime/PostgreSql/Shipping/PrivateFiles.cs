namespace FlightRecorder.PostgreSql;

/// <summary>Files for their owner only (0600).</summary>
internal static class PrivateFiles
{
    /// <summary>Makes a file anew; one of that name is emptied.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.Create, FileShare.Read);

    /// <summary>Opens a file, made when it is missing, to read it and to write on.</summary>
    public static FileStream Extend(string path) => Open(path, FileMode.OpenOrCreate, FileShare.Read, FileAccess.ReadWrite);

    /// <summary>Opens a file for nobody else; an IOException tells that another has it.</summary>
    public static FileStream Lock(string path) => Open(path, FileMode.OpenOrCreate, FileShare.None);

    private static FileStream Open(string path, FileMode mode, FileShare share, FileAccess access = FileAccess.Write)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
