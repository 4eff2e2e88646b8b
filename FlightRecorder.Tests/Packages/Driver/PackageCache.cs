using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>Where consumers unpack packages: what others made is kept, or read from the machine's own folder; ours is unpacked anew in each run.</summary>
internal static class PackageCache
{
    private const string Ours = "flightrecorder.*";

    public static string Folder { get; } = Path.Combine(SourceTree.Root, "artifacts", "package-cache");

    /// <summary>Empty when the machine's folder holds packages of ours: they would be taken for the packed ones.</summary>
    public static string Fallback { get; } = FindFallback();

    public static void ForgetOurs()
    {
        foreach (string folder in Directory.CreateDirectory(Folder).GetDirectories(Ours).Select(folder => folder.FullName))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FindFallback()
    {
        string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder) && Directory.GetDirectories(folder, Ours).Length == 0 ? folder : "";
    }
}
