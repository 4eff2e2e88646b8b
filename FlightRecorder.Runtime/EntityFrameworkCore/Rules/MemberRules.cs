using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Looks members up in a redaction map the way the redactor does: ignoring case, <c>_</c> and <c>-</c>.</summary>
internal static class MemberRules
{
    public static bool Hides(this RedactionMap map, string name) => map.Whole is not null || map.Find(name)?.Mode is not null;

    /// <summary>The map of what the member holds; an empty one where the generator saw nothing to hide there.</summary>
    public static RedactionMap? Nested(this RedactionMap map, string name)
    {
        MemberRule? rule = map.Find(name);
        return (map.Whole ?? rule?.Mode) is { } mode
            ? new RedactionMap(name, null).DefineWhole(mode)
            : rule?.Nested ?? new RedactionMap(name, null);
    }

    private static MemberRule? Find(this RedactionMap map, string name)
    {
        foreach (MemberRule rule in map.Members)
        {
            if (SameName(rule.Name, name))
            {
                return rule;
            }
        }

        return null;
    }

    private static bool SameName(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int at = 0;
        foreach (char c in left)
        {
            if (c is '_' or '-')
            {
                continue;
            }

            while (at < right.Length && right[at] is '_' or '-')
            {
                at++;
            }

            if (at == right.Length || char.ToUpperInvariant(c) != char.ToUpperInvariant(right[at++]))
            {
                return false;
            }
        }

        return right[at..].TrimStart("_-").IsEmpty;
    }
}
