using System.Reflection;
using System.Runtime.CompilerServices;
using FlightRecorder.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>A compilation with its generated code, loaded into this process: what it registered, as the runtime sees it.</summary>
internal sealed class LoadedAssembly
{
    private static int s_count;

    private LoadedAssembly(Assembly assembly, GeneratedAssembly? generated)
    {
        Assembly = assembly;
        Registered = generated;
    }

    public Assembly Assembly { get; }

    public GeneratedAssembly? Registered { get; }

    public GeneratedAssembly Generated => Registered ?? throw new AssertionException("Nothing was registered.");

    public static LoadedAssembly Of(string code)
        => Of(Sources.Compile(code, $"Loaded{Interlocked.Increment(ref s_count)}"));

    public static LoadedAssembly Of(CSharpCompilation compilation)
    {
        GeneratorRun run = GeneratorRun.Of(compilation).Compiles();
        Caching.UnrelatedEditIsCached(run);
        using var image = new MemoryStream();
        Assert.That(run.Output.Emit(image).Success, Is.True);
        Assembly assembly = Assembly.Load(image.ToArray());
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return new LoadedAssembly(assembly, GeneratedCode.Assemblies.SingleOrDefault(known => known.Anchor.Assembly == assembly));
    }

    public HandlerPlan Plan(string name) => Generated.Plans.Single(plan => plan.Name == name);

    /// <summary>The registered map of the type of that name.</summary>
    public RedactionMap Map(string type) => Generated.Maps.Single(pair => pair.Key.Name == type).Value;

    /// <summary>The rules of a map, one line each, as a test wants to read them.</summary>
    public static string[] Rules(RedactionMap? map) => map is null ? ["unknown"] : [.. map.Members.Select(Rule)];

    private static string Rule(MemberRule rule)
        => rule.Mode is { } mode ? $"{rule.Name}: {mode}"
            : rule.Revealed ? $"{rule.Name}: shown"
            : rule.Nested is null ? $"{rule.Name}: known"
            : $"{rule.Name}: {{ {string.Join(", ", rule.Nested == RedactionMap.Unknown ? ["?"] : Rules(rule.Nested))} }}";
}
