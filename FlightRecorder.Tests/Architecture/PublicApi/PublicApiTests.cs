using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Architecture;

/// <summary>What users see of each package is written down in <c>PackageId.txt</c> beside this file; a change of it is a decision.</summary>
public sealed class PublicApiTests
{
    private const string Accept = "FLIGHT_ACCEPT_API";

    private static readonly string Folder = Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Architecture", "PublicApi");

    private static readonly string[] Packages =
        [Binaries.Core, "FlightRecorder.AspNetCore", "FlightRecorder.EntityFrameworkCore", "FlightRecorder.AdoNet", "FlightRecorder.PostgreSql", "FlightRecorder.Testing", "FlightRecorder.Cli"];

    [TestCaseSource(nameof(Packages))]
    public void The_public_members_are_the_accepted_ones(string package)
    {
        string path = Path.Combine(Folder, package + ".txt");
        string now = ApiText.Of(Binaries.PathOf(package));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, now);
        }

        string difference = ApiDifference.Between(File.Exists(path) ? File.ReadAllText(path) : "", now);
        Assert.That(difference, Is.Empty, $"The public members of {package} changed. When that is meant: ./build/build.sh api --accept\n{difference}");
    }

    [Test]
    public void Every_package_has_its_list()
        => Assert.That(
            Directory.GetFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension),
            Is.EquivalentTo(Directory.GetFiles(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime"), "*.csproj", SearchOption.AllDirectories)
                .Select(Path.GetFileNameWithoutExtension)));
}
