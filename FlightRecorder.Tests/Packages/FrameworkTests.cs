using System.IO.Compression;
using FlightRecorder.Tests.Architecture;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Packages;

/// <summary>A package for two frameworks is one package: what compiles on one compiles on the other.</summary>
public sealed class FrameworkTests
{
    private static string[] Libraries => ["FlightRecorder.Runtime", "FlightRecorder.AspNetCore", "FlightRecorder.AdoNet", "FlightRecorder.PostgreSql"];

    [TestCaseSource(nameof(Libraries))]
    public void Both_frameworks_show_the_same_members(string id)
    {
        string older = Members(id, "net9.0");
        Assert.That(older, Is.Not.Empty);
        Assert.That(ApiDifference.Between(older, Members(id, "net10.0")), Is.Empty);
    }

    private static string Members(string id, string framework)
    {
        using ZipArchive package = Packed.Open(id);
        byte[] assembly = Packed.Bytes(package.GetEntry($"lib/{framework}/{id}.dll")!);
        return ApiText.Of(MetadataReference.CreateFromImage(assembly));
    }
}
