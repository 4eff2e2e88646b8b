using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>A copy of a template below Consumers/, outside the repository.</summary>
internal sealed class Consumer : IDisposable
{
    private static readonly string Templates = Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Packages", "Consumers");

    private readonly string _root;
    private readonly string _project;

    private Consumer(string root, string project)
    {
        _root = root;
        _project = project;
    }

    /// <summary>The folder of the project.</summary>
    public string Folder => Path.Combine(_root, _project);

    /// <param name="template">The folder below Consumers/ that is copied.</param>
    /// <param name="project">The project in it, when it holds several.</param>
    public static async Task<Consumer> CopyAsync(string template, string project = "")
    {
        string root = Directory.CreateTempSubdirectory("flight-consumer-").FullName;
        foreach (string file in Directory.GetFiles(Templates))
        {
            File.Copy(file, Path.Combine(root, Path.GetFileName(file)));
        }

        Copy(Path.Combine(Templates, template), Path.Combine(root, template));
        await File.WriteAllTextAsync(Path.Combine(root, "nuget.config"), await PackageSources.ConfigAsync());
        return new Consumer(root, Path.Combine(template, project));
    }

    public Task<CommandResult> BuildAsync(params string[] arguments) => RunAsync("build", arguments);

    public Task<CommandResult> PublishAsync(params string[] arguments) => RunAsync("publish", ["-o", Path.Combine(_root, "published"), .. arguments]);

    /// <summary>A program that was built.</summary>
    public string Built(string file) => Directory.GetFiles(Path.Combine(Folder, "bin"), file, SearchOption.AllDirectories).Single();

    /// <summary>A program that was published.</summary>
    public string Published(string file) => Path.Combine(_root, "published", file);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task<CommandResult> RunAsync(string verb, string[] arguments)
        => Dotnet.RunAsync(Folder, [verb, "-c", "Release", "-v", "q", "-nologo", "-p:UseSharedCompilation=false", $"-p:FlightRecorderVersion={Packed.Version}", .. arguments]);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
