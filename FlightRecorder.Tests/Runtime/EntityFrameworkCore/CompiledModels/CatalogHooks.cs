using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.EntityFrameworkCore.CompiledModels;

/// <summary>What the generator would emit for the catalog.</summary>
internal static class CatalogHooks
{
    public static void Register() => GeneratedCode.Register(new GeneratedAssembly
    {
        Anchor = typeof(CatalogHooks),
        GeneratorVersion = "0.1.0",
        Contexts =
        [
            new ContextHooks
            {
                Context = typeof(CatalogContext),
                Location = "CatalogContext.cs:1",
                Entities = [new EntityHook { Entity = typeof(Article), Recorded = true, Map = new RedactionMap("Article", null).Define(MemberRule.Hidden("Supplier", RedactMode.Mask)) }],
            },
        ],
        Entities = [],
    });
}
