using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Reads <c>[Redact]</c> and <c>[Reveal]</c>.</summary>
internal static class RedactMarks
{
    private static readonly string[] s_modes = ["Mask", "Remove", "Hash", "Last4"];

    /// <summary>How the symbol's value is hidden, or null without <c>[Redact]</c>.</summary>
    public static string? Mode(ISymbol symbol)
        => symbol.Attribute(KnownNames.Redact) is not { } redact ? null
            : redact.Argument(0) is int mode ? s_modes.ElementAtOrDefault(mode) ?? s_modes[0]
            : s_modes[0];

    public static bool IsRevealed(ISymbol symbol) => symbol.Has(KnownNames.Reveal);

    /// <summary>How all values of the type are hidden, by its own mark or that of the nearest base; null without one.</summary>
    public static string? Whole(ITypeSymbol type)
        => type is INamedTypeSymbol named ? named.SelfAndBases().Select(Mode).FirstOrDefault(mode => mode is not null) : null;

    /// <summary>The one mode that hides as much as each of them: two that differ leave only the mask. Null for none.</summary>
    public static string? Strictest(this IEnumerable<string?> modes)
    {
        string[] distinct = [.. modes.OfType<string>().Distinct()];
        return distinct.Length < 2 ? distinct.FirstOrDefault() : s_modes[0];
    }

    /// <summary>
    /// One rule for each name as the runtime compares it; where types of a family disagree, hiding wins over an unknown type, and that over anything else.
    /// </summary>
    /// <param name="members">The members of all types of the family.</param>
    /// <param name="wholeOf">The mode that hides all values under a map's key, or null.</param>
    public static IEnumerable<MemberModel> Strictest(this IEnumerable<MemberModel> members, Func<string, string?> wholeOf)
        => members.GroupBy(member => NameFold.Of(member.Name), StringComparer.Ordinal).Select(group => group.Aggregate((a, b) => Stricter(a, b, wholeOf)));

    private static MemberModel Stricter(MemberModel a, MemberModel b, Func<string, string?> wholeOf)
    {
        bool differ = a.NestedKey is not null && b.NestedKey is not null && a.NestedKey != b.NestedKey;
        string?[] modes = differ ? [a.Mode, b.Mode, wholeOf(a.NestedKey!), wholeOf(b.NestedKey!)] : [a.Mode, b.Mode];
        string? mode = modes.Strictest();
        return a with
        {
            Mode = mode,
            Revealed = a.Revealed && b.Revealed,
            NestedKey = mode is not null ? null : differ ? MapModel.UnknownKey : a.NestedKey ?? b.NestedKey,
            IsAlias = a.IsAlias && b.IsAlias,
        };
    }
}
