using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>The assemblies the tests run on, as references of the compilations they test.</summary>
internal static class References
{
    public static IReadOnlyList<MetadataReference> All { get; } = Load();

    private static MetadataReference[] Load()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. trusted.Split(Path.PathSeparator).Where(IsWanted).Select(path => MetadataReference.CreateFromFile(path))];
    }

    // The generator's own assemblies and the test framework are no part of a user's project.
    private static bool IsWanted(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        bool isOther = name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            || name.StartsWith("nunit", StringComparison.OrdinalIgnoreCase)
            || name is "FlightRecorder.Generators" or "FlightRecorder.Generators.CodeFixes" or "FlightRecorder.Tests.Support" or "FlightRecorder.Generators.Tests";
        return !isOther;
    }
}
