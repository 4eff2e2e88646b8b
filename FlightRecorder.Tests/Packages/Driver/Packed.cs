using System.IO.Compression;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>The packages that build.sh pack made.</summary>
internal static class Packed
{
    private const string Extension = ".nupkg";
    private const string Core = "FlightRecorder.Runtime.";

    public static string Folder { get; } = Path.Combine(SourceTree.Root, "artifacts", "packages");

    /// <summary>One for all of them.</summary>
    public static string Version { get; } = FindVersion();

    public static string[] Ids { get; } =
        [.. Directory.GetFiles(Folder, "*" + Extension).Select(file => Path.GetFileName(file)[..^(Version.Length + 1 + Extension.Length)]).Order(StringComparer.Ordinal)];

    /// <summary>Opens a package, or its symbols.</summary>
    public static ZipArchive Open(string id, string extension = Extension) => ZipFile.OpenRead(Path.Combine(Folder, $"{id}.{Version}{extension}"));

    public static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string FindVersion()
    {
        string[] found = Directory.Exists(Folder) ? Directory.GetFiles(Folder, Core + "*" + Extension) : [];
        return found.Length == 1
            ? Path.GetFileNameWithoutExtension(found[0])[Core.Length..]
            : throw new InvalidOperationException($"{Folder} holds {found.Length} packages of the runtime; run ./build/build.sh pack first.");
    }
}
