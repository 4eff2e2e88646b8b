using System.Globalization;

namespace CrashShip;

/// <summary>How far a file was acknowledged. Files change their names when they are full, so one is known by its first line.</summary>
/// <param name="File">The hash of its first line.</param>
/// <param name="Offset">The bytes of it that were acknowledged.</param>
internal sealed record Progress(string File, long Offset)
{
    /// <summary>Null when nothing was acknowledged yet, or when that is not known any more: then all is sent again.</summary>
    public static Progress? Read(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        string[] words = System.IO.File.ReadAllText(path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words is [string file, string offset] && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? new Progress(file, bytes)
            : null;
    }

    /// <summary>Whole or not at all: a process that dies meanwhile leaves what was there.</summary>
    public void Write(string path)
    {
        string fresh = path + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{File} {Offset}\n")));
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(fresh, path, overwrite: true);
    }
}
