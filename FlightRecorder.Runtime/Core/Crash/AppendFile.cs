using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder;

/// <summary>
/// A file that several processes append to, each line by one write(2) under O_APPEND, and that any of them may move to
/// <c>.1</c>. Nobody locks to write: before a line the name is compared with the open file, and a line that went into a file
/// without any name left is written again. Linux only.
/// </summary>
/// <param name="path">Its path.</param>
/// <param name="maxBytes">From what size on it is moved; 0 is never.</param>
/// <param name="trust">How long the name is taken for that of the open file without another look before a line.</param>
internal sealed class AppendFile(string path, long maxBytes, TimeSpan trust) : ICrashFile
{
    private const int OwnerReadWrite = 0x180;
    private const int Closed = -1;
    private const int FirstFree = 3;
    private const int MaxTurns = 64;

    // Moving takes some microseconds, so that a sleep would be the longest part; who has the lock and no processor needs one, though.
    private const int YieldsBeforeSleep = 100;

    // A short wait for the process that is at it; then the line goes in as it is, up to the same bound of both files together.
    private static readonly TimeSpan MaxLockWait = TimeSpan.FromMilliseconds(50);

    // Where that bound is reached the line would be lost: on a busy machine the other may just not have had its turn.
    private static readonly TimeSpan LastLockWait = TimeSpan.FromSeconds(1);

    // Who waited in vain writes on without asking again for a while: a stopped process must not cost each line a wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly byte[] _name = Terminated(path);
    private readonly byte[] _previous = Terminated(path + ".1");
    private readonly byte[] _directory = Terminated(Path.GetDirectoryName(path)!);
    private int _file = Closed;

    // Closes it when nobody holds this any more: a recorder that was replaced is not told so.
    private SafeFileHandle? _owner;
    private FileFacts _opened;
    private long _lookedAt;
    private long _waitedAt;
    private bool _isTorn;

    public AppendFile(string path, long maxBytes)
        : this(path, maxBytes, TimeSpan.FromMilliseconds(1))
    {
    }

    public int RotationFailure { get; private set; }

    public int Probe()
    {
        int errno = _file == Closed ? Open() : Errno.None;
        _isTorn = errno == Errno.None && TornTail.IsIn(path, AwaitWriters);
        return errno;
    }

    public int Append(ReadOnlySpan<byte> line)
    {
        RotationFailure = Errno.None;
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            int errno = Prepare(line.Length);
            errno = errno == Errno.None ? Write(line) : errno;
            bool isDone = errno != Errno.None || HasName();
            GC.KeepAlive(this);
            if (isDone)
            {
                return errno;
            }

            // Moved and dropped by others while the line was on its way: it goes into the file of now.
            Close();
        }

        return Errno.TryAgain;
    }

    // A change of the mode, to what it is, takes the lock of the file that a write(2) holds from its first byte to its last.
    private void AwaitWriters() => _ = LibC.ChangeMode(_file, _opened.Permissions);

    // Leaves the file open that bears the name, with room for the line.
    private int Prepare(int length)
    {
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            if (_file != Closed && (IsTrusted() || IsNamed()))
            {
                long size = maxBytes == 0 ? 0 : LibC.Seek(_file, 0, LibC.SeekEnd);
                if (size <= 0 || size + length <= maxBytes)
                {
                    return Errno.None;
                }

                bool hasRoom = size + length <= 2 * maxBytes;
                if (hasRoom && HasWaited())
                {
                    return Errno.None;
                }

                int errno = MoveAway(hasRoom ? MaxLockWait : LastLockWait);
                if (errno != Errno.None)
                {
                    _waitedAt = errno == Errno.TryAgain ? Stopwatch.GetTimestamp() : 0;

                    // That another is at it is no failure.
                    RotationFailure = errno == Errno.TryAgain ? Errno.None : errno;
                    return hasRoom ? Errno.None : errno;
                }
            }

            Close();
            int opened = Open();
            if (opened != Errno.None)
            {
                return opened;
            }
        }

        return Errno.TryAgain;
    }

    // Only who holds the lock may move it; who waited finds that its file bears the name no more. The directory is locked, not
    // the file: .NET locks each file that it reads, and readers must not stand in the way.
    private int MoveAway(TimeSpan patience)
    {
        int directory = LibC.Open(_directory, LibC.CloseOnExec, 0);
        if (directory == Closed)
        {
            return Marshal.GetLastPInvokeError();
        }

        int errno = Lock(directory, patience);
        if (errno == Errno.None && IsNamed() && LibC.Rename(_name, _previous) != 0)
        {
            errno = Marshal.GetLastPInvokeError();
        }

        _ = LibC.Close(directory);
        return errno;
    }

    private bool HasWaited() => _waitedAt != 0 && Stopwatch.GetElapsedTime(_waitedAt) < Patience;

    private bool IsTrusted() => _lookedAt != 0 && Stopwatch.GetElapsedTime(_lookedAt) < trust;

    // Whether the name is that of the open file.
    private bool IsNamed()
    {
        bool isNamed = LibC.Stat(LibC.CurrentDirectory, _name, 0, LibC.Facts, out FileFacts named) == 0 && named.IsSameAs(_opened);
        _lookedAt = isNamed ? Stopwatch.GetTimestamp() : 0;
        return isNamed;
    }

    // Moved once, it has the other name, and the line is whole and there. To ask the file takes a third of looking up a path.
    private bool HasName()
        => LibC.Stat(_file, "\0"u8, LibC.EmptyPath, LibC.Facts, out FileFacts facts) != 0 || facts.Links > 0;

    private static int Lock(int directory, TimeSpan patience)
    {
        var wait = new SpinWait();
        long started = Stopwatch.GetTimestamp();
        int errno = Errno.TryAgain;
        while (errno is Errno.TryAgain or Errno.Interrupted && Stopwatch.GetElapsedTime(started) < patience)
        {
            errno = LibC.Lock(directory, LibC.LockExclusive | LibC.LockNonBlocking) == 0 ? Errno.None : Marshal.GetLastPInvokeError();
            if (errno != Errno.None)
            {
                wait.SpinOnce(YieldsBeforeSleep);
            }
        }

        return errno;
    }

    private int Open()
    {
        int errno = TryOpen();
        if (errno == Errno.NoEntry)
        {
            errno = MakeDirectory();
            errno = errno == Errno.None ? TryOpen() : errno;
        }

        return errno;
    }

    // Not through a link, and without waiting for the other end of a FIFO: somebody may have planted it.
    private int TryOpen()
    {
        const int Flags = LibC.WriteOnly | LibC.Create | LibC.Append | LibC.CloseOnExec | LibC.NonBlocking;
        _file = LibC.Open(_name, Flags | LibC.NoFollow, OwnerReadWrite);
        if (_file is >= 0 and < FirstFree)
        {
            LeaveStandardStreams();
        }

        if (_file == Closed)
        {
            return Marshal.GetLastPInvokeError();
        }

        _owner = new SafeFileHandle(_file, ownsHandle: true);
        int errno = LibC.Stat(_file, "\0"u8, LibC.EmptyPath, LibC.Facts, out _opened) != 0 ? Marshal.GetLastPInvokeError()
            : !_opened.IsRegular ? Errno.Invalid
            : _opened.Links > 1 ? Errno.TooManyLinks
            : Errno.None;
        if (errno != Errno.None)
        {
            Close();
        }

        return errno;
    }

    // Who was started with a closed standard error would get that number, and what is written there would go among the lines.
    private void LeaveStandardStreams()
    {
        int low = _file;
        _file = LibC.Control(low, LibC.DuplicateCloseOnExec, FirstFree);
        int errno = Marshal.GetLastPInvokeError();
        _ = LibC.Close(low);
        Marshal.SetLastPInvokeError(errno);
    }

    private int MakeDirectory()
    {
        try
        {
            JournalFiles.Instance.CreateDirectory(Path.GetDirectoryName(path)!);
            return Errno.None;
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            return Errno.Of(error);
        }
    }

    private int Write(ReadOnlySpan<byte> line)
    {
        if (_isTorn)
        {
            int errno = Put("\n"u8, out _);
            if (errno != Errno.None)
            {
                return errno;
            }

            _isTorn = false;
        }

        int failure = Put(line, out int written);
        if (failure != Errno.None && written > 0)
        {
            _isTorn = !TakeBack(written);
        }

        return failure;
    }

    private int Put(ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        while (written < bytes.Length)
        {
            nint count = LibC.Write(_file, bytes[written..], bytes.Length - written);
            int errno = count < 0 ? Marshal.GetLastPInvokeError() : Errno.None;
            if (errno is not (Errno.None or Errno.Interrupted))
            {
                return errno;
            }

            written += (int)Math.Max(count, 0);
        }

        return Errno.None;
    }

    // The part of a line that a full disk took is the end of the file, unless another process has written since.
    private bool TakeBack(int written)
    {
        long end = LibC.Seek(_file, 0, LibC.SeekCurrent);
        return LibC.Stat(_file, "\0"u8, LibC.EmptyPath, LibC.Facts, out FileFacts facts) == 0
            && (long)facts.Size == end
            && LibC.Truncate(_file, end - written) == 0;
    }

    private void Close()
    {
        if (_file != Closed)
        {
            _owner!.Dispose();
            _file = Closed;
            _lookedAt = 0;
            _isTorn = false;
        }
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
