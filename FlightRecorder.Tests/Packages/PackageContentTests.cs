using System.IO.Compression;
using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Packages;

/// <summary>What is in the packages, read from the files that would be published.</summary>
public sealed class PackageContentTests
{
    private const string Core = "FlightRecorder.Runtime";
    private const string Generator = "analyzers/dotnet/cs/FlightRecorder.Generators.dll";

    private static string[] Ids => Packed.Ids;

    [Test]
    public void Each_folder_of_the_runtime_is_one_package()
        => Assert.That(Packed.Ids, Is.EquivalentTo(Directory.GetFiles(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)));

    [TestCaseSource(nameof(Ids))]
    public void A_package_carries_readme_licence_description_and_the_commit_it_was_made_of(string id)
    {
        using ZipArchive package = Packed.Open(id);
        Nuspec nuspec = Nuspec.Of(id);
        Assert.Multiple(() =>
        {
            Assert.That(package.GetEntry("README.md")?.Length, Is.GreaterThan(200));
            Assert.That(nuspec.Text("readme"), Is.EqualTo("README.md"));
            Assert.That(nuspec.Text("license"), Is.EqualTo("MIT"));
            Assert.That(nuspec.Text("description"), Has.Length.GreaterThan(30).And.Not.EqualTo("Package Description"));
            Assert.That(nuspec.Attribute("repository", "commit"), Does.Match("^[0-9a-f]{40}$"));
        });
    }

    [TestCaseSource(nameof(Ids))]
    public void Each_assembly_of_a_package_has_documentation_and_symbols(string id)
    {
        using ZipArchive package = Packed.Open(id);
        using ZipArchive symbols = Packed.Open(id, ".snupkg");
        string[] assemblies = [.. package.Entries.Select(entry => entry.FullName).Where(IsOurAssembly)];
        Assert.Multiple(() =>
        {
            Assert.That(assemblies, Is.Not.Empty);
            Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(assemblies.Select(name => Path.ChangeExtension(name, ".xml"))));
            Assert.That(symbols.Entries.Select(entry => entry.FullName), Is.SupersetOf(assemblies.Select(name => Path.ChangeExtension(name, ".pdb"))));
        });
    }

    [TestCaseSource(nameof(Ids))]
    public void No_path_of_the_build_machine_is_in_a_package_or_its_symbols(string id)
    {
        string[] paths = [SourceTree.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar];
        foreach (string extension in new[] { ".nupkg", ".snupkg" })
        {
            using ZipArchive package = Packed.Open(id, extension);
            foreach (ZipArchiveEntry entry in package.Entries.Where(entry => IsOurs(entry.FullName)))
            {
                byte[] bytes = Packed.Bytes(entry);
                Assert.That(paths.Where(path => Holds(bytes, path)), Is.Empty, entry.FullName);
            }
        }
    }

    [Test]
    public void Core_alone_carries_the_generator_and_what_a_users_build_needs_of_it()
        => Assert.Multiple(() =>
        {
            Assert.That(Packed.Ids.Where(id => Carries(id, Generator)), Is.EqualTo(new[] { Core }));
            Assert.That(Carries(Core, $"buildTransitive/{Core}.props") && Carries(Core, $"buildTransitive/{Core}.targets"));
            Assert.That(Carries(Core, "analyzers/dotnet/cs/FlightRecorder.Generators.CodeFixes.dll") && Carries(Core, "buildTransitive/FlightRecorder.Listing.props"));
            Assert.That(Carries(Core, "schema/journal-line.v1.schema.json"));
        });

    [TestCaseSource(nameof(Ids))]
    public void A_library_needs_exactly_its_own_version_of_core_with_the_generator(string id)
        => Assert.That(
            Nuspec.Of(id).OurDependencies,
            Is.EqualTo(id is Core or "FlightRecorder.Cli" ? Array.Empty<string>() : [$"{Core} [{Packed.Version}] All"]));

    private static bool Carries(string id, string path)
    {
        using ZipArchive package = Packed.Open(id);
        return package.GetEntry(path) is not null;
    }

    // What compilers and editors load has no members for users to read about.
    private static bool IsOurAssembly(string name)
        => IsOurs(name) && name.EndsWith(".dll", StringComparison.Ordinal) && !name.StartsWith("analyzers/", StringComparison.Ordinal);

    // The tool carries the libraries of others, whose symbols and paths are theirs.
    private static bool IsOurs(string name)
        => Path.GetFileName(name).StartsWith("FlightRecorder.", StringComparison.Ordinal) || !name.StartsWith("tools/", StringComparison.Ordinal);

    private static bool Holds(byte[] bytes, string path)
        => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(path)) >= 0;
}
