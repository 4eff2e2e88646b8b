using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>
/// Turns the slots that runs left in use into unfinished recordings, and takes their files away once the lines are written. The file
/// of a run that is alive is locked, and not touched. Every failure leaves the file for the next time.
/// </summary>
/// <param name="place">Where the files lie.</param>
/// <param name="run">The run that writes.</param>
/// <param name="logger">Who hears of the dead.</param>
internal sealed class SlotRecovery(SlotPlace place, string run, ILogger logger)
{
    // Files that could not be turned into recordings, start after start, must not fill the disk.
    private const int MaxFiles = 16;
    private const long MaxFileBytes = 64 * 1024 * 1024;

    /// <param name="tryWrite">Hands lines to the store; false when it did not take them.</param>
    /// <returns>How many lines were written.</returns>
    public int Run(Func<LineBatch, bool> tryWrite)
    {
        int written = 0;
        IReadOnlyList<FileInfo> files = OldestFirst();
        for (int i = 0; i < files.Count; i++)
        {
            written += Recover(files[i], tryWrite, isLastChance: i < files.Count - MaxFiles);
        }

        return written;
    }

    private IReadOnlyList<FileInfo> OldestFirst()
    {
        try
        {
            return [.. new DirectoryInfo(place.Directory).EnumerateFiles()
                .Where(file => SlotName.TryParse(file.Name, out _) && !file.Attributes.HasFlag(FileAttributes.ReparsePoint) && !IsBeingMade(file))
                .OrderBy(file => file.Name, StringComparer.Ordinal)];
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            return [];
        }
    }

    // A file is empty for a moment, before its run has locked it. A FIFO stays empty, and is not opened.
    private static bool IsBeingMade(FileInfo file) => file.Length == 0;

    private int Recover(FileInfo file, Func<LineBatch, bool> tryWrite, bool isLastChance)
    {
        try
        {
            using FileStream? open = Open(file.FullName);
            return open is null ? 0 : Recover(open, file.Name, tryWrite, isLastChance);
        }
        catch (Exception error)
        {
            Log.SlotsNotRecovered(logger, file.FullName, IoFailure.Describe(error));
            return 0;
        }
    }

    private int Recover(FileStream file, string name, Func<LineBatch, bool> tryWrite, bool isLastChance)
    {
        byte[] bytes = ReadAll(file);
        if (SlotImage.TryRead(bytes) is not { } image)
        {
            // Of a run that died while it made the file nothing is there but zeros; what else it may be is not ours.
            DeleteIf(file, !bytes.AsSpan().ContainsAnyExcept((byte)0));
            return 0;
        }

        IReadOnlyList<LeftSlot> slots = image.Read();
        if (image.IsClean && slots.Count == 0)
        {
            DeleteIf(file, true);
            return 0;
        }

        LineBatch lines = new UnfinishedLines(image).Write(slots, Known(image, name, slots));
        NoteRecoverer(file, image);
        bool isWritten = lines.Count == 0 || tryWrite(lines);
        DeleteIf(file, isWritten || isLastChance);
        if (!isWritten)
        {
            Log.SlotsNotRecovered(logger, file.Name, isLastChance ? "the store took no line; too many such files wait, this one was deleted" : "the store took no line");
            return 0;
        }

        Log.RunDied(logger, image.Run, image.LastAlive, Math.Max(0, lines.Count - 1));
        return lines.Count;
    }

    private Func<Guid, bool> Known(SlotImage image, string name, IReadOnlyList<LeftSlot> slots)
    {
        // A store of the app's own knows by the id what it has. Asking it would keep all the code of reading in each app.
        if (place.Journal is not { } journal)
        {
            return static _ => false;
        }

        var lines = new LinesOnDisk(journal);

        // Those in the air, too: a crash may have written them before the process died.
        if (slots.Count > 0 && SlotName.TryParse(name, out string series))
        {
            lines.AddLast(series);
        }

        foreach (string recoverer in image.RecoveredBy)
        {
            lines.AddFirst(recoverer);
        }

        return lines.Contains;
    }

    // Before the first line is written: should this run die as well, the next one looks whether they are there.
    private void NoteRecoverer(FileStream file, SlotImage image)
    {
        SlotHeader header = image.Header;
        Encoding.ASCII.GetBytes(run, header.RecoveredBy[(int)(Math.Max(0, header.Recoverers) % RunNames.Length)]);
        header.Recoverers = Math.Max(0, header.Recoverers) + 1;
        RandomAccess.Write(file.SafeFileHandle, MemoryMarshal.AsBytes(new ReadOnlySpan<SlotHeader>(in header)), 0);
    }

    // Null where another process has it, or it is no file of ours to open.
    private static FileStream? Open(string path)
    {
        FileStream file;
        try
        {
            // On Windows this alone tells that nobody has it; elsewhere it must not stand in the way of the lock.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 });
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            return null;
        }

        // Its run may have ended in order, and deleted it, between these two calls.
        if (file.CanSeek && file.Length <= MaxFileBytes && FileLock.TryOwn(file.SafeFileHandle) && File.Exists(path))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private static byte[] ReadAll(FileStream file)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void DeleteIf(FileStream file, bool condition)
    {
        if (condition)
        {
            File.Delete(file.Name);
        }
    }
}
