using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Architecture;

public sealed class PathTests
{
    private static readonly string[] Assemblies =
        [Binaries.Core, "FlightRecorder.AspNetCore", "FlightRecorder.EntityFrameworkCore", "FlightRecorder.AdoNet", "FlightRecorder.PostgreSql", "FlightRecorder.Testing", "FlightRecorder.Cli", "FlightRecorder.Generators", "FlightRecorder.Generators.CodeFixes", "Shop"];

    [TestCaseSource(nameof(Assemblies))]
    public void No_path_of_the_build_machine_is_in_a_binary_or_its_symbols(string assembly)
    {
        foreach (string file in new[] { Binaries.PathOf(assembly), Path.ChangeExtension(Binaries.PathOf(assembly), ".pdb") })
        {
            byte[] bytes = File.ReadAllBytes(file);
            Assert.Multiple(() =>
            {
                Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(SourceTree.Root)), Is.EqualTo(-1), $"{Path.GetFileName(file)}, UTF-8");
                Assert.That(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(SourceTree.Root)), Is.EqualTo(-1), $"{Path.GetFileName(file)}, UTF-16");
            });
        }
    }

    [Test]
    public void The_search_would_find_a_path_that_is_there()
        => Assert.That(Encoding.UTF8.GetBytes("x" + SourceTree.Root + "y").AsSpan().IndexOf(Encoding.UTF8.GetBytes(SourceTree.Root)), Is.EqualTo(1));
}
