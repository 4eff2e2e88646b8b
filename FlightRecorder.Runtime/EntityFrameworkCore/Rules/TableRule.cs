using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The rule of a table that several entities share, such as a hierarchy: what one of them hides is hidden in every row.</summary>
internal static class TableRule
{
    /// <param name="rules">Those of the entities, at least one.</param>
    public static EntityRule Of(EntityRule[] rules)
        => new(Array.TrueForAll(rules, static rule => rule.Recorded), Map(rules), Array.Exists(rules, static rule => rule.IsExcluded));

    private static RedactionMap? Map(EntityRule[] rules)
    {
        RedactionMap?[] maps = [.. rules.Select(static rule => rule.Map).Distinct()];
        if (maps.Length == 1 || Array.Exists(maps, static map => map is null))
        {
            return maps.Length == 1 ? maps[0] : null;
        }

        // Of several rules for one name a hiding one holds. What one entity reveals may be another's secret: that is left to the built-in names.
        var merged = new RedactionMap(maps[0]!.Name, maps[0]!.Location);
        merged.Define([.. maps.SelectMany(static map => map!.Members)
            .Where(static member => member.Mode is not null || member.Nested is not null)
            .Select(static member => member.Revealed ? MemberRule.Of(member.Name, member.Nested!) : member)
            .OrderBy(static member => member.Mode is null)
            .DistinctBy(static member => member.Name, StringComparer.OrdinalIgnoreCase)]);
        return Array.Find(maps, static map => map!.Whole is not null)?.Whole is { } whole ? merged.DefineWhole(whole) : merged;
    }
}
