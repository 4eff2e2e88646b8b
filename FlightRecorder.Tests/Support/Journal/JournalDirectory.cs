namespace FlightRecorder.Tests.Support;

/// <summary>A journal directory of its own for one test, deleted afterwards.</summary>
public sealed class JournalDirectory : IDisposable
{
    private readonly DirectoryInfo _parent = System.IO.Directory.CreateTempSubdirectory("flight-test-");

    /// <summary>The directory; it does not exist until someone makes it.</summary>
    public string Path => System.IO.Path.Combine(_parent.FullName, "flight");

    public string[] Files => Exists ? [.. System.IO.Directory.GetFiles(Path).Order(StringComparer.Ordinal)] : [];

    public string[] Segments => [.. Files.Where(file => file.EndsWith(".jsonl", StringComparison.Ordinal))];

    public bool Exists => System.IO.Directory.Exists(Path);

    /// <summary>A file of the directory, which is made.</summary>
    public string File(string name)
    {
        System.IO.Directory.CreateDirectory(Path);
        return System.IO.Path.Combine(Path, name);
    }

    /// <summary>Writes a segment as some run would have left it.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = File(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
