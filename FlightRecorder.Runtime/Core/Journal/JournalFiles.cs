namespace FlightRecorder;

/// <summary>The file system itself.</summary>
internal sealed class JournalFiles : IJournalFiles
{
    private const int AlreadyExistsUnix = 17;
    private const int AlreadyExistsWindows = unchecked((int)0x80070050);

    public static JournalFiles Instance { get; } = new();

    public void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public IJournalFile? TryCreate(string path)
    {
        // O_CREAT|O_EXCL: links are not followed, a FIFO is not opened. The shared lock tells other runs that the segment is in use.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new JournalFile(new FileStream(path, options));
        }
        catch (IOException error) when (error.HResult is AlreadyExistsUnix or AlreadyExistsWindows)
        {
            return null;
        }
    }

    public bool Exists(string path) => File.Exists(path);

    public IReadOnlyList<SegmentFile> List(string directory) => SegmentListing.Of(directory);

    public bool IsInUse(string path)
    {
        try
        {
            using FileStream probe = OpenAlone(path);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void GiveBack(string path)
    {
        if (DiskSpace.IsSetAside(path))
        {
            using FileStream file = OpenAlone(path);
            DateTime written = File.GetLastWriteTimeUtc(file.SafeFileHandle);
            DiskSpace.GiveBack(file.SafeFileHandle);
            File.SetLastWriteTimeUtc(file.SafeFileHandle, written);
        }
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: false);

    public void Delete(string path) => File.Delete(path);

    public void SyncDirectory(string directory) => DirectorySync.Flush(directory);

    // Fails where a process has the file open for writing.
    private static FileStream OpenAlone(string path)
        => new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 });

    private sealed class JournalFile(FileStream stream) : IJournalFile
    {
        // A run that is killed leaves at most so much behind the end of its last segment, until the next start.
        private const long ReserveBytes = 4 * 1024 * 1024;

        private long _reserved;

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (offset + bytes.Length > _reserved)
            {
                long more = bytes.Length + ReserveBytes;
                _reserved = DiskSpace.TryReserve(stream.SafeFileHandle, offset, more) ? offset + more : long.MaxValue;
            }

            RandomAccess.Write(stream.SafeFileHandle, bytes, offset);
        }

        public void Sync()
        {
            FileSync.Flush(stream.SafeFileHandle);
            PageCache.Drop(stream.SafeFileHandle);
        }

        public void Dispose()
        {
            GiveBackReserve();
            stream.Dispose();
        }

        private void GiveBackReserve()
        {
            try
            {
                if (_reserved is > 0 and < long.MaxValue)
                {
                    DiskSpace.GiveBack(stream.SafeFileHandle);
                }
            }
            catch (IOException)
            {
                // It only costs the space.
            }
        }
    }
}
