using System.Diagnostics;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>The same commit in another folder, with the changes that are not committed yet.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    private RepositoryCopy(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<RepositoryCopy> MakeAsync()
    {
        string folder = Directory.CreateTempSubdirectory("flight-copy-").FullName;
        await GitAsync(SourceTree.Root, "clone", "--quiet", "--shared", ".", folder);
        await GitAsync(folder, "remote", "remove", "origin");
        foreach (string changed in (await GitAsync(SourceTree.Root, "ls-files", "--modified", "--others", "--exclude-standard")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Replace(Path.Combine(SourceTree.Root, changed), Path.Combine(folder, changed));
        }

        return new RepositoryCopy(folder);
    }

    public Task SetRemoteAsync(string address) => GitAsync(Folder, "remote", "add", "origin", address);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }

    private static void Replace(string from, string to)
    {
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to, overwrite: true);
        }
        else
        {
            File.Delete(to);
        }
    }
}
