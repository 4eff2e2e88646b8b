using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The nearest level that has a rule replaces the farther ones: action, controller, base classes, assembly.</summary>
internal static class RuleLevels
{
    public static EquatableArray<RuleModel> OfAction(IMethodSymbol action, INamedTypeSymbol controller, Compilation compilation)
        => Levels(action, controller, compilation)
            .Select(level => RuleParser.Rules(level, compilation).ToEquatableArray())
            .FirstOrDefault(rules => rules.Count > 0);

    public static bool IsExcluded(IMethodSymbol action, INamedTypeSymbol controller)
        => action.SelfAndOverridden().Any(method => method.Has(KnownNames.DoNotRecord)) || IsExcluded(controller);

    public static bool IsExcluded(INamedTypeSymbol type) => type.SelfAndBases().Any(current => current.Has(KnownNames.DoNotRecord));

    private static IEnumerable<ISymbol> Levels(IMethodSymbol action, INamedTypeSymbol controller, Compilation compilation)
    {
        foreach (IMethodSymbol method in action.SelfAndOverridden())
        {
            yield return method;
        }

        foreach (INamedTypeSymbol type in controller.SelfAndBases())
        {
            yield return type;
        }

        yield return compilation.Assembly;
    }
}
