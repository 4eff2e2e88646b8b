using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Parse;

/// <summary>Leaves out the maps that say nothing: a type is only worth a map when it, or something it holds, has a rule.</summary>
internal static class MapPruning
{
    public static EquatableArray<MapModel> Prune(IReadOnlyCollection<MapModel> maps, ISet<string> direct)
    {
        HashSet<string> worth = WithRules(maps);
        return maps.Where(map => worth.Contains(map.Key) || direct.Contains(map.Key))
            .Select(map => map with
            {
                ValuesKey = Kept(map.ValuesKey, worth),
                Members = map.Members.Select(member => member with { NestedKey = Kept(member.NestedKey, worth) }).Where(member => map.Rest is not null || HasRule(member)).ToEquatableArray(),
            })
            .ToEquatableArray();
    }

    /// <summary>The keys of the maps with a rule of their own or below.</summary>
    public static HashSet<string> WithRules(IReadOnlyCollection<MapModel> maps)
    {
        var worth = new HashSet<string>(StringComparer.Ordinal) { MapModel.UnknownKey };
        while (maps.Count(map => IsWorth(map, worth) && worth.Add(map.Key)) > 0)
        {
            // Each round reaches one level further up; cycles end because a key is added once.
        }

        return worth;
    }

    private static bool IsWorth(MapModel map, HashSet<string> worth)
        => (map.Whole ?? map.Rest) is not null
            || Kept(map.ValuesKey, worth) is not null
            || map.Members.Any(member => HasRule(member with { NestedKey = Kept(member.NestedKey, worth) }));

    private static bool HasRule(MemberModel member) => member.Mode is not null || member.Revealed || member.NestedKey is not null;

    private static string? Kept(string? key, HashSet<string> worth) => key is not null && worth.Contains(key) ? key : null;
}
