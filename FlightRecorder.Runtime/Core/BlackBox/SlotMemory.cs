using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>A file of this run in memory: made new, with all its blocks, locked, never resized.</summary>
internal sealed class SlotMemory : IDisposable
{
    private readonly FileStream _file;
    private readonly MemoryMappedFile _mapped;
    private readonly MemoryMappedViewAccessor _view;
    private readonly nint _address;

    private SlotMemory(FileStream file)
    {
        _file = file;
        _mapped = MemoryMappedFile.CreateFromFile(file, null, SlotLayout.FileBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapped.CreateViewAccessor(0, SlotLayout.FileBytes, MemoryMappedFileAccess.ReadWrite);
        _address = _view.SafeMemoryMappedViewHandle.DangerousGetHandle();
    }

    public string Path => _file.Name;

    public ref SlotHeader Header => ref Unsafe.As<byte, SlotHeader>(ref At(0));

    public Span<byte> App => MemoryMarshal.CreateSpan(ref At(SlotLayout.AppAt), SlotLayout.MaxApp);

    /// <summary>Makes and maps the file; whatever has the name already is refused and stays as it is.</summary>
    /// <exception cref="IOException">There is no room, no right or no such feature; the file is gone again.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no right.</exception>
    public static SlotMemory Create(string path)
    {
        // O_CREAT|O_EXCL: links are not followed, a FIFO is not opened.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        try
        {
            if (!FileLock.TryShare(file.SafeFileHandle))
            {
                throw new IOException("The file system knows no locks.");
            }

            if (FileSystemKind.Unfit(file.SafeFileHandle) is { } kind)
            {
                throw new IOException($"{kind} keeps no blocks for a file; name a directory of another file system in BlackBox:Directory");
            }

            Preallocation.Fill(file.SafeFileHandle, SlotLayout.FileBytes);
            return new SlotMemory(file);
        }
        catch (Exception)
        {
            Delete(file);
            throw;
        }
    }

    /// <summary>The head of a slot; its texts and steps lie behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SlotHead Head(int slot) => ref Unsafe.As<byte, SlotHead>(ref At(SlotLayout.HeaderBytes + (slot * SlotLayout.SlotBytes)));

    /// <summary>A part of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Part(int slot, int at, int length)
        => MemoryMarshal.CreateSpan(ref At(SlotLayout.HeaderBytes + (slot * SlotLayout.SlotBytes) + at), length);

    /// <summary>Deletes the file while its lock is held, so that nobody takes it for one left behind.</summary>
    public void Delete()
    {
        File.Delete(_file.Name);
        Dispose();
    }

    public void Dispose()
    {
        _view.Dispose();
        _mapped.Dispose();
        _file.Dispose();
    }

    private static void Delete(FileStream file)
    {
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            // An empty file stays; the next start takes it away.
        }

        file.Dispose();
    }

    // Not a pointer, and no check for each access: the address is valid until Dispose, and every place is within the file.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int offset) => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), _address + offset);
}
