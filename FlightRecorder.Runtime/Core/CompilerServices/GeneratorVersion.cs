namespace FlightRecorder.CompilerServices;

/// <summary>Holds the code that generators wrote to the version of the runtime that reads it.</summary>
internal static partial class GeneratorVersion
{
    /// <exception cref="FlightRecorderConfigurationException">An assembly was compiled with the generator of another version.</exception>
    public static void Check(IEnumerable<GeneratedAssembly> assemblies)
    {
        string[] wrong = [.. assemblies.Where(assembly => assembly.GeneratorVersion != Runtime).Select(Explain)];
        if (wrong.Length > 0)
        {
            throw new FlightRecorderConfigurationException(string.Join(Environment.NewLine, wrong));
        }
    }

    private static string Explain(GeneratedAssembly assembly)
        => $"The module {assembly.Anchor.Module.ScopeName} was compiled with the FlightRecorder generator {assembly.GeneratorVersion}, but FlightRecorder.Runtime {Runtime} is loaded. " +
            "Give all FlightRecorder packages one version, and build it again.";
}
