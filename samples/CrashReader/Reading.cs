using System.Text;

namespace CrashReader;

/// <summary>Reads the older file and the current one and prints what fits, oldest first.</summary>
internal static class Reading
{
    public static int Run(Options options, Stream output, TextWriter error)
    {
        var found = new Queue<string>();
        int unreadable = 0;
        string[] files = [.. new[] { options.File + ".1", options.File }.Where(File.Exists)];
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        try
        {
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

        foreach (string told in found)
        {
            writer.Write(told);
        }

        Note(error, files, unreadable);
        return files.Length > 0 ? 0 : 66;
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

    private static void Note(TextWriter error, string[] files, int unreadable)
    {
        if (files.Length == 0)
        {
            error.WriteLine("There is no such file.");
        }

        if (unreadable > 0)
        {
            error.WriteLine($"{unreadable} lines were torn or are no errors; they were passed over.");
        }
    }

    // An error may be written at this moment, and the file be moved: neither is in the way.
    private static IEnumerable<byte[]> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var lines = new LineReader(stream);
        while (lines.TryRead(out byte[] line))
        {
            yield return line;
        }
    }
}
