namespace FlightRecorder.Tests.Support;

/// <summary>Finds source files at test time.</summary>
public static class SourceTree
{
    private const string MappedRoot = "/_/";

    /// <summary>The root of the repository: the folder above the test's binaries that holds the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The real path of one that the compiler wrote with its path map applied.</summary>
    public static string Find(string compiled)
        => compiled.StartsWith(MappedRoot, StringComparison.Ordinal) ? Path.Combine(Root, compiled[MappedRoot.Length..]) : compiled;

    private static string FindRoot(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FlightRecorder.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No FlightRecorder.slnx above {start}.");
    }
}
