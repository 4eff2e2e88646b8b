using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The plans of a controller's actions.</summary>
internal static class ControllerParser
{
    public static Fragment Parse(INamedTypeSymbol controller, Compilation compilation)
    {
        var graph = new TypeGraph(compilation, MapKind.Body);
        PlanModel[] plans = [.. Recorded(controller, compilation).Select(found => Plan(found.Action, found.Rules, controller, compilation, graph))];
        return plans.Length == 0 ? Fragment.Empty : new Fragment { Plans = plans.ToEquatableArray(), Maps = graph.ToMaps(), Shapes = graph.ToShapes() };
    }

    /// <summary>The actions to which a rule applies, and the rules.</summary>
    public static IEnumerable<(IMethodSymbol Action, EquatableArray<RuleModel> Rules)> Recorded(INamedTypeSymbol controller, Compilation compilation)
        => RuleLevels.IsExcluded(controller)
            ? []
            : Controllers.Actions(controller)
                .Select(action => (action, RuleLevels.OfAction(action, controller, compilation)))
                .Where(found => found.Item2.Count > 0
                    && !RuleLevels.IsExcluded(found.action, controller)
                    && found.action.Parameters.All(parameter => parameter.Type.IsNameable(compilation)));

    private static PlanModel Plan(IMethodSymbol action, EquatableArray<RuleModel> rules, INamedTypeSymbol controller, Compilation compilation, TypeGraph graph)
    {
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
            Bound = bodies.Bound,
            Headers = bodies.Headers,
            Save = SaveCalls.Of(action, compilation),
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
