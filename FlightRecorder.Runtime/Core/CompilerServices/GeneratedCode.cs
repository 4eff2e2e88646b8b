using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>Where generated code announces itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratedCode
{
    private static readonly Lock Gate = new();
    private static GeneratedAssembly[] s_assemblies = [];

    /// <summary>Called by each assembly's module initializer. Registering an assembly again replaces what it registered before.</summary>
    public static void Register(GeneratedAssembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        lock (Gate)
        {
            s_assemblies = [.. s_assemblies.Where(known => known.Anchor != assembly.Anchor), assembly];
        }
    }

    internal static GeneratedAssembly[] Assemblies => Volatile.Read(ref s_assemblies);
}
