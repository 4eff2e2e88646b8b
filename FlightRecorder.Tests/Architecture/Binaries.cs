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

    /// <summary>The members of a type that the assembly calls.</summary>
    public static string[] CallsTo(string assembly, string type)
    {
        using var file = new PEReader(File.OpenRead(PathOf(assembly)));
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference && NameOf(metadata, (TypeReferenceHandle)member.Parent) == type)
                .Select(member => metadata.GetString(member.Name)),
        ];
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name);
    }
}
