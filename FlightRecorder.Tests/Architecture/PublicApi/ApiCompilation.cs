using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Architecture;

/// <summary>Reads an assembly as the compiler of its users does: its metadata, and nullability with it.</summary>
internal static class ApiCompilation
{
    private static readonly MetadataReference[] Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsForeign).Select(path => MetadataReference.CreateFromFile(path))];

    public static IAssemblySymbol Load(MetadataReference assembly)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("reader", references: [assembly, .. Platform, .. Core(assembly)]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
    }

    private static bool IsForeign(string path) => !Path.GetFileName(path).StartsWith("FlightRecorder.", StringComparison.Ordinal);

    // Adapters show types of Core; an assembly must not be given twice.
    private static MetadataReference[] Core(MetadataReference assembly)
        => Path.GetFileName(assembly.Display) == Binaries.Core + ".dll" || !File.Exists(Binaries.PathOf(Binaries.Core))
            ? []
            : [MetadataReference.CreateFromFile(Binaries.PathOf(Binaries.Core))];
}
