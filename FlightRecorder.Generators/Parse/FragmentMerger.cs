using System.Collections.Immutable;
using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Parse;

/// <summary>Puts the fragments of an assembly together: each map once, places made relative, everything in one fixed order.</summary>
internal static class FragmentMerger
{
    public static AssemblyModel Merge(ImmutableArray<Fragment> fragments, string assemblyName, string? root, bool withListing)
    {
        AssemblyModel model = Merge(fragments, assemblyName, root);
        return withListing ? model with { Listing = Listing.Of(model, assemblyName, fragments.SelectMany(fragment => fragment.Shapes)) } : model;
    }

    private static AssemblyModel Merge(ImmutableArray<Fragment> fragments, string assemblyName, string? root) => new()
    {
        ClassName = "Recorder_" + Identifiers.Escape(assemblyName),
        Plans = fragments.SelectMany(fragment => fragment.Plans)
            .Distinct()
            .Select(plan => Placed(plan, root))
            .OrderBy(plan => plan.Name, StringComparer.Ordinal)
            .ThenBy(plan => plan.Location, StringComparer.Ordinal)
            .ThenBy(plan => plan.Identity.Line)
            .ToEquatableArray(),
        Fallback = fragments.Select(fragment => fragment.Fallback).FirstOrDefault(fallback => fallback is not null) is { } found
            ? Placed(found, root)
            : null,
        Maps = Maps(fragments, root).ToEquatableArray(),
        Contexts = fragments.SelectMany(fragment => fragment.Contexts)
            .Select(context => context with { Location = Places.Relative(context.Location, root) })
            .OrderBy(context => context.Type, StringComparer.Ordinal)
            .ToEquatableArray(),
        Entities = fragments.SelectMany(fragment => fragment.Entities).OrderBy(entity => entity.Type, StringComparer.Ordinal).ToEquatableArray(),
        Sql = SqlTable.Of(fragments.SelectMany(fragment => fragment.Sql), root).ToEquatableArray(),
        Listing = null,
    };

    private static PlanModel Placed(PlanModel plan, string? root) => plan with
    {
        Location = Places.Relative(plan.Location, root),
        Save = plan.Save is { } save ? save with { Location = Places.Relative(save.Location, root) } : null,
        Rules = plan.Rules.Select(rule => rule with { Place = rule.Place is { } place ? Places.Relative(place, root) : null }).ToEquatableArray(),
    };

    private static IEnumerable<MapModel> Maps(ImmutableArray<Fragment> fragments, string? root)
    {
        var fields = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return fragments.SelectMany(fragment => fragment.Maps)
            .Concat(fragments.SelectMany(fragment => fragment.Marked))
            .GroupBy(map => map.Key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.First() with
            {
                Field = Identifiers.Unique(group.Key, fields),
                Location = group.First().Location is { } place ? Places.Relative(place, root) : null,
                Registered = group.Any(map => map.Registered),
            });
    }
}
