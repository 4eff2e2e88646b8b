using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The plans of a controller's actions.</summary>
internal static class ControllerParser
{
    public static Fragment Parse(INamedTypeSymbol controller, Compilation compilation)
    {
        if (RuleLevels.IsExcluded(controller))
        {
            return Fragment.Empty;
        }

        var graph = new TypeGraph(compilation, MapKind.Body);
        PlanModel[] plans = [.. Controllers.Actions(controller).Select(action => Plan(action, controller, compilation, graph)).OfType<PlanModel>()];
        return new Fragment { Plans = plans.ToEquatableArray(), Maps = graph.ToMaps() };
    }

    private static PlanModel? Plan(IMethodSymbol action, INamedTypeSymbol controller, Compilation compilation, TypeGraph graph)
    {
        EquatableArray<RuleModel> rules = RuleLevels.OfAction(action, controller, compilation);
        if (rules.Count == 0 || RuleLevels.IsExcluded(action, controller) || action.Parameters.Any(parameter => !parameter.Type.IsNameable(compilation)))
        {
            return null;
        }

        HandlerBodies bodies = HandlerBodies.Of(action, graph, compilation);
        return new PlanModel
        {
            Name = $"{controller.Name}.{action.Name}",
            Location = Places.Of(action) ?? Places.Of(controller) ?? "",
            Identity = Identity(action, controller),
            Rules = rules,
            Request = bodies.Request,
            Response = bodies.Response,
            Parameters = bodies.Parameters,
        };
    }

    private static IdentityModel Identity(IMethodSymbol action, INamedTypeSymbol controller) => new()
    {
        Kind = IdentityKind.Action,
        Type = controller.FullName(),
        Method = action.Name,
        ParameterTypes = action.Parameters.Select(parameter => parameter.Type.FullName()).ToEquatableArray(),
        File = null,
        Line = 0,
    };
}
