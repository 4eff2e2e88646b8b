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

    /// <summary>One rule for each name; where types of a family disagree, hiding wins over an unknown type, and that over anything else.</summary>
    public static IEnumerable<MemberModel> Strictest(this IEnumerable<MemberModel> members)
        => members.GroupBy(member => member.Name, StringComparer.Ordinal).Select(group => group.Aggregate(Stricter));

    private static MemberModel Stricter(MemberModel a, MemberModel b)
    {
        if (a.Mode is not null || b.Mode is not null)
        {
            return a.Mode is not null ? a : b;
        }

        bool differ = a.NestedKey is not null && b.NestedKey is not null && a.NestedKey != b.NestedKey;
        return a with
        {
            Revealed = a.Revealed && b.Revealed,
            NestedKey = differ ? MapModel.UnknownKey : a.NestedKey ?? b.NestedKey,
        };
    }
}
