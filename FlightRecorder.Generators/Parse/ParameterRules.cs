using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The marked route values, query and form fields of a handler.</summary>
internal static class ParameterRules
{
    private static readonly string[] s_naming = [KnownNames.FromQuery, KnownNames.FromRoute, KnownNames.FromForm, KnownNames.FromHeader];

    public static IEnumerable<MemberModel> Of(IMethodSymbol handler)
        => handler.Parameters.SelectMany(parameter => Rules(parameter)).Strictest();

    private static IEnumerable<MemberModel> Rules(IParameterSymbol parameter)
    {
        BindingSource source = Binding.Of(parameter);
        if (source == BindingSource.Value)
        {
            return Rule(Name(parameter), RedactMarks.Mode(parameter), RedactMarks.IsRevealed(parameter));
        }

        bool byMembers = source == BindingSource.Members
            || parameter.Has(KnownNames.FromForm)
            || (source == BindingSource.LikelyBody && IsBoundFromAnywhere(parameter));
        return byMembers && TypeShapes.Unwrap(parameter.Type) is INamedTypeSymbol type
            ? TypeMembers.Of(type, MapKind.Body).SelectMany(member => member.Names.SelectMany(name => Rule(name, RedactMarks.Mode(parameter) ?? member.Mode, member.Revealed)))
            : [];
    }

    // Without [ApiController] a class is filled from route, query and form alike.
    private static bool IsBoundFromAnywhere(IParameterSymbol parameter)
        => Controllers.LooksLikeController(parameter.ContainingType) && !parameter.ContainingType.SelfAndBases().Any(type => type.Has(KnownNames.ApiController));

    private static IEnumerable<MemberModel> Rule(string name, string? mode, bool revealed)
        => mode is null && !revealed
            ? []
            : [new MemberModel { Name = name, Mode = mode, Revealed = mode is null, NestedKey = null }];

    /// <summary>The name in the request.</summary>
    public static string Name(IParameterSymbol parameter)
        => s_naming.Select(parameter.Attribute).Select(attribute => attribute?.NamedString("Name")).FirstOrDefault(name => name is not null) ?? parameter.Name;
}
