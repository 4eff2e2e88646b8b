using System.Text;

namespace CrashReader;

/// <summary>Reads the older file and the current one and prints what fits, oldest first.</summary>
internal static class Reading
{
    public static int Run(Options options, Stream output, TextWriter error)
    {
        var found = new Queue<string>();
        int unreadable = 0;
        var files = new List<FileStream>();
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        try
        {
            Open(options.File, files);
            foreach (byte[] line in files.SelectMany(Lines))
            {
                if (ErrorLine.TryParse(line) is not { } read)
                {
                    unreadable++;
                }
                else if (read.Fits(options))
                {
                    Keep(found, read.Told(options.HasStack), options.Last, writer);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(Visible.Of(failure.Message));
            return 66;
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }

        foreach (string told in found)
        {
            writer.Write(told);
        }

        Note(error, files.Count, unreadable);
        return files.Count > 0 ? 0 : 66;
    }

    private static void Keep(Queue<string> found, string told, int last, TextWriter writer)
    {
        if (last == int.MaxValue)
        {
            writer.Write(told);
            return;
        }

        found.Enqueue(told);
        if (found.Count > last)
        {
            found.Dequeue();
        }
    }

    private static void Note(TextWriter error, int files, int unreadable)
    {
        if (files == 0)
        {
            error.WriteLine("There is no such file.");
        }

        if (unreadable > 0)
        {
            error.WriteLine($"{unreadable} lines were torn or are no errors; they were passed over.");
        }
    }

    // An error may be written at this moment, and the file be moved: neither is in the way. The current one is opened first, and
    // told last: when it is moved in between, both names lead to it, and it is told once.
    private static void Open(string path, List<FileStream> files)
    {
        byte[]? first = null;
        foreach (string name in new[] { path, path + ".1" }.Where(File.Exists))
        {
            var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            files.Insert(0, file);
            byte[] line = FirstLine(file);
            if (first is not null && line.Length > 0 && line.AsSpan().SequenceEqual(first))
            {
                files.RemoveAt(0);
                file.Dispose();
            }

            first = line;
        }
    }

    private static byte[] FirstLine(FileStream file)
    {
        byte[] line = [];
        if (file.CanSeek)
        {
            new LineReader(file).TryRead(out line);
            file.Position = 0;
        }

        return line;
    }

    private static IEnumerable<byte[]> Lines(FileStream file)
    {
        var lines = new LineReader(file);
        while (lines.TryRead(out byte[] line))
        {
            yield return line;
        }
    }
}
