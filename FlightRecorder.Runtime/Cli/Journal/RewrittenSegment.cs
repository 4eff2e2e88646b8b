namespace FlightRecorder.Cli;

/// <summary>A segment that is written anew: a file of its own, for its owner only, that must not exist before.</summary>
internal sealed class RewrittenSegment : IDisposable
{
    private readonly FileStream _stream;

    /// <exception cref="IOException">Something has the name already, or the file cannot be made.</exception>
    public RewrittenSegment(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 256 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _stream = new FileStream(path, options);
    }

    public long Length => _stream.Position;

    public void Append(ReadOnlySpan<byte> line)
    {
        _stream.Write(line);
        _stream.WriteByte((byte)'\n');
    }

    /// <summary>Makes what was written survive power loss.</summary>
    public void Sync()
    {
        _stream.Flush();
        FileSync.Flush(_stream.SafeFileHandle);
    }

    public void Dispose() => _stream.Dispose();
}
