using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The plan of the assembly-level rules, for every handler that has no plan of its own.</summary>
internal static class AssemblyRuleParser
{
    public static Fragment Parse(IAssemblySymbol assembly, SyntaxNode unit, Compilation compilation)
    {
        AttributeData[] attributes = [.. assembly.Attributes(KnownNames.Record)];

        // Several files may hold assembly attributes; one of them speaks for all.
        if (attributes.Length == 0 || attributes[0].ApplicationSyntaxReference?.SyntaxTree != unit.SyntaxTree)
        {
            return Fragment.Empty;
        }

        SyntaxNode first = attributes[0].ApplicationSyntaxReference!.GetSyntax();
        return new Fragment
        {
            Fallback = new PlanModel
            {
                Name = $"[assembly: Record] of {assembly.Name}",
                Location = Places.Of(first),
                Identity = s_none,
                Rules = RuleParser.Rules(assembly, compilation).ToEquatableArray(),
                Request = s_unknown,
                Response = s_unknown,
                Parameters = EquatableArray<MemberModel>.Empty,
                Bound = EquatableArray<MemberModel>.Empty,
            },
        };
    }

    private static readonly BodyModel s_unknown = BodyModel.UnknownFor("the rule stands for handlers that have none of their own");

    private static readonly IdentityModel s_none = new()
    {
        Kind = IdentityKind.Fallback,
        Type = null,
        Method = null,
        ParameterTypes = EquatableArray<string>.Empty,
        File = null,
        Line = 0,
    };
}
