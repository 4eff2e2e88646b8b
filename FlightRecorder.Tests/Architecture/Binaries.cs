using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FlightRecorder.Tests.Architecture;

/// <summary>The built assemblies, read as files.</summary>
internal static class Binaries
{
    public const string Core = "FlightRecorder.Runtime";

    public static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");

    /// <summary>The names of the assemblies that the compiler wrote references to.</summary>
    public static string[] ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(PathOf(assembly)));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
