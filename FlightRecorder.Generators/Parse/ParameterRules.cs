using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The route values, query and form fields of a handler.</summary>
internal sealed class ParameterRules
{
    private readonly (MemberModel Rule, bool IsListed, bool IsHeader)[] _bound;

    private ParameterRules(IMethodSymbol handler) => _bound = [.. handler.Parameters.SelectMany(Bound)];

    /// <summary>Those with a mark.</summary>
    public IEnumerable<MemberModel> Marked => _bound.Select(item => item.Rule).Where(rule => rule.Mode is not null || rule.Revealed).Strictest(NoMaps);

    /// <summary>All that hold a value; headers are stored by rules of their own.</summary>
    public IEnumerable<MemberModel> Listed => _bound.Where(item => item.IsListed).Select(item => item.Rule).Strictest(NoMaps);

    /// <summary>The names of the headers with a mark.</summary>
    public IEnumerable<string> Headers => _bound.Where(item => item is { IsHeader: true, Rule.Mode: not null }).Select(item => item.Rule.Name).Distinct(StringComparer.OrdinalIgnoreCase);

    public static ParameterRules Of(IMethodSymbol handler) => new(handler);

    /// <summary>The name in the request.</summary>
    public static string Name(IParameterSymbol parameter)
        => Binding.Names(parameter).FirstOrDefault() ?? parameter.Name;

    private static IEnumerable<(MemberModel Rule, bool IsListed, bool IsHeader)> Bound(IParameterSymbol parameter)
    {
        BindingSource source = Binding.Of(parameter);
        if (source == BindingSource.Value)
        {
            return [(Rule(Name(parameter), RedactMarks.Mode(parameter), RedactMarks.IsRevealed(parameter)), Binding.HoldsText(parameter), parameter.Has(KnownNames.FromHeader))];
        }

        bool byMembers = source == BindingSource.Members
            || parameter.Has(KnownNames.FromForm)
            || (source == BindingSource.LikelyBody && IsBoundFromAnywhere(parameter));
        return byMembers && TypeShapes.Unwrap(parameter.Type) is INamedTypeSymbol type
            ? TypeMembers.Of(type, MapKind.Body).SelectMany(member => Named(member, RedactMarks.Mode(parameter)))
            : [];
    }

    private static IEnumerable<(MemberModel Rule, bool IsListed, bool IsHeader)> Named(TypeMember member, string? mode)
        => member.BoundNames.Concat(member.Names).Distinct()
            .Select((name, index) => (Rule(name, mode ?? member.Mode, member.Revealed), index == 0 && !member.IsHeader && Binding.IsSimple(member.Type), index == 0 && member.IsHeader));

    // Without [ApiController] a class is filled from route, query and form alike.
    private static bool IsBoundFromAnywhere(IParameterSymbol parameter)
        => Controllers.LooksLikeController(parameter.ContainingType) && !parameter.ContainingType.SelfAndBases().Any(type => type.Has(KnownNames.ApiController));

    private static string? NoMaps(string key) => null;

    private static MemberModel Rule(string name, string? mode, bool revealed)
        => new() { Name = name, Mode = mode, Revealed = mode is null && revealed, NestedKey = null };
}
