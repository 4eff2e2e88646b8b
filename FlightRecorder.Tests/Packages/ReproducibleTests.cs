using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>Packages tell where they come from, and coming from there twice they are the same.</summary>
public sealed class ReproducibleTests
{
    private const string Adapter = "FlightRecorder.AspNetCore";

    [Test]
    public async Task The_same_commit_packed_in_another_folder_gives_the_same_bytes()
    {
        using RepositoryCopy copy = await RepositoryCopy.MakeAsync();
        if (await RepositoryCopy.GitAsync(SourceTree.Root, "remote") is { Length: > 0 } remote)
        {
            await copy.SetRemoteAsync(await RepositoryCopy.GitAsync(SourceTree.Root, "remote", "get-url", remote.Split('\n')[0]));
        }

        string folder = await PackAsync(copy);
        foreach (string name in new[] { "FlightRecorder.Runtime", Adapter }.SelectMany(id => new[] { $"{id}.{Packed.Version}.nupkg", $"{id}.{Packed.Version}.snupkg" }))
        {
            Assert.That(Hashes(Path.Combine(folder, name)), Is.EqualTo(Hashes(Path.Combine(Packed.Folder, name))).And.Not.Empty, name);
        }
    }

    [Test]
    public async Task A_package_made_of_a_clone_links_its_symbols_and_itself_to_the_remote()
    {
        using RepositoryCopy copy = await RepositoryCopy.MakeAsync();
        await copy.SetRemoteAsync("https://someone:secret@github.com/example/flight.git");
        string folder = await PackAsync(copy);
        string commit = await RepositoryCopy.GitAsync(copy.Folder, "rev-parse", "HEAD");
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, $"{Adapter}.{Packed.Version}.nupkg"));
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(folder, $"{Adapter}.{Packed.Version}.snupkg"));
        string nuspec = Encoding.UTF8.GetString(Packed.Bytes(package.GetEntry(Adapter + ".nuspec")!));
        string pdb = Encoding.UTF8.GetString(Packed.Bytes(symbols.GetEntry($"lib/net10.0/{Adapter}.pdb")!));
        Assert.Multiple(() =>
        {
            Assert.That(nuspec, Does.Contain($"<repository type=\"git\" url=\"https://github.com/example/flight.git\" commit=\"{commit}\" />"));
            Assert.That(pdb, Does.Contain($"\"/_/*\":\"https://raw.githubusercontent.com/example/flight/{commit}/*\""));
            Assert.That(pdb, Does.Not.Contain(copy.Folder).And.Not.Contain("secret@"));
        });
    }

    private static async Task<string> PackAsync(RepositoryCopy copy)
    {
        CommandResult packed = await Dotnet.RunAsync(
            copy.Folder, "pack", "FlightRecorder.Runtime/AspNetCore", "-c", "Release", "-v", "q", "-nologo", "-p:UseSharedCompilation=false");
        packed.ShouldSucceedWithoutWarnings();
        CommandResult core = await Dotnet.RunAsync(copy.Folder, "pack", "FlightRecorder.Runtime/Core", "-c", "Release", "-v", "q", "-nologo", "--no-build");
        core.ShouldSucceedWithoutWarnings();
        return Path.Combine(copy.Folder, "artifacts", "packages");
    }

    // The container itself holds times and a random name; what counts is inside.
    private static string[] Hashes(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        return [.. package.Entries.Where(IsContent).Select(entry => $"{entry.FullName} {Convert.ToHexStringLower(SHA256.HashData(Packed.Bytes(entry)))}").Order(StringComparer.Ordinal)];
    }

    private static bool IsContent(ZipArchiveEntry entry)
        => !entry.FullName.EndsWith(".psmdcp", StringComparison.Ordinal) && entry.FullName != "_rels/.rels";
}
