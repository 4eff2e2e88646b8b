using System.Security.Cryptography;

namespace CrashShip;

/// <summary>A file of errors, read in batches of whole lines; what has no line feed yet is not sent.</summary>
internal sealed class ErrorFile : IDisposable
{
    private const int BatchBytes = 256 * 1024;

    private readonly FileStream _stream;

    private ErrorFile(FileStream stream, string id)
    {
        _stream = stream;
        Id = id;
    }

    /// <summary>The hash of its first line, which has a time to the microsecond in it.</summary>
    public string Id { get; }

    /// <summary>Null for a file that is not there or has no whole line.</summary>
    public static ErrorFile? TryOpen(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        byte[] first = WholeLines(stream, 0, limit: 1);
        if (first.Length > 0)
        {
            return new ErrorFile(stream, Convert.ToHexStringLower(SHA256.HashData(first)));
        }

        stream.Dispose();
        return null;
    }

    /// <summary>The next lines from an offset on; empty at the end. A longer line comes alone.</summary>
    public byte[] Read(long offset) => WholeLines(_stream, offset, limit: int.MaxValue);

    public void Dispose() => _stream.Dispose();

    // As many whole lines as one batch takes, or the first one, however long it is.
    private static byte[] WholeLines(FileStream stream, long offset, int limit)
    {
        byte[] bytes = new byte[BatchBytes];
        int length = 0;
        while (true)
        {
            int count = RandomAccess.Read(stream.SafeFileHandle, bytes.AsSpan(length), offset + length);
            length += count;
            ReadOnlySpan<byte> read = bytes.AsSpan(0, length);
            int end = limit == 1 ? read.IndexOf((byte)'\n') : read.LastIndexOf((byte)'\n');
            if (end >= 0 && (count == 0 || length == bytes.Length || limit == 1))
            {
                return bytes[..(end + 1)];
            }

            if (count == 0)
            {
                return [];
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }
    }
}
