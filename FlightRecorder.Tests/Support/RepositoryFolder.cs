namespace FlightRecorder.Tests.Support;

/// <summary>The repository the tests were built in, found from where they run: the build maps its path away.</summary>
public static class RepositoryFolder
{
    public static string Root { get; } = Find();

    /// <summary>The real path of a source file as the compiler named it.</summary>
    public static string Unmap(string path)
        => path.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Root, path["/_/".Length..]) : path;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FlightRecorder.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("FlightRecorder.slnx was not found above the tests.");
    }
}
