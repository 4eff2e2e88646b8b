using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// Runs the initializer of a handler's module, which registers its plans: a library whose code has not run yet has not
/// registered anything. Under Native AOT all initializers run at start.
/// </summary>
internal static class LoadedModules
{
    private static readonly ConcurrentDictionary<Module, bool> Done = [];

    public static void EnsureInitialized(Module module)
    {
        if (RuntimeFeature.IsDynamicCodeSupported && Done.TryAdd(module, true))
        {
            RuntimeHelpers.RunModuleConstructor(module.ModuleHandle);
        }
    }
}
