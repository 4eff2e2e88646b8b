using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>The generated files of an assembly: none where nothing is marked and no listing is asked for.</summary>
internal static class SourceFiles
{
    public static IEnumerable<SourceFile> Of(AssemblyModel assembly)
    {
        if (assembly.Listing is { } listing)
        {
            yield return ListingEmitter.Emit(listing);
        }

        if (assembly.IsEmpty)
        {
            yield break;
        }

        var maps = new MapNames(assembly.Maps);
        yield return RegistrationEmitter.Emit(assembly);
        if (assembly.Plans.Count > 0 || assembly.Fallback is not null)
        {
            var filters = new FilterNames(assembly);
            yield return FilterEmitter.Emit(assembly, filters);
            yield return PlanEmitter.Emit(assembly, filters, maps);
        }

        if (assembly.Contexts.Count + assembly.Entities.Count > 0)
        {
            yield return ContextEmitter.Emit(assembly, maps);
        }

        if (assembly.Sql.Count > 0)
        {
            yield return SqlEmitter.Emit(assembly);
        }

        if (assembly.Maps.Count > 0)
        {
            yield return MapListEmitter.Emit(assembly);
        }

        foreach (MapModel map in assembly.Maps)
        {
            yield return MapEmitter.Emit(map, assembly.ClassName, maps);
        }
    }
}
