namespace FlightRecorder;

/// <summary>Where the system calls are other ones than Linux's: opened for each line at its end. Several processes need a file each.</summary>
internal sealed class PortableFile(string path, long maxBytes) : ICrashFile
{
    public int RotationFailure => Errno.None;

    public int Probe() => Guarded(() => Open().Dispose());

    public int Append(ReadOnlySpan<byte> line)
    {
        byte[] bytes = line.ToArray();
        return Guarded(() =>
        {
            Rotate(bytes.Length);
            using FileStream file = Open();
            file.Write(bytes);
        });
    }

    private void Rotate(int length)
    {
        var file = new FileInfo(path);
        if (maxBytes > 0 && file.Exists && file.Length > 0 && file.Length + length > maxBytes)
        {
            File.Move(path, path + ".1", overwrite: true);
        }
    }

    private FileStream Open()
    {
        JournalFiles.Instance.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static int Guarded(Action action)
    {
        try
        {
            action();
            return Errno.None;
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            return Errno.Of(error);
        }
    }
}
