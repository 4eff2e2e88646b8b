using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>A handler to which rules apply.</summary>
internal sealed class RecordedHandler(IMethodSymbol method, IReadOnlyCollection<RuleModel> rules, INamedTypeSymbol? controller, HandlerBodies bodies)
{
    public IMethodSymbol Method => method;

    /// <summary>Why the type of its request body can't be known; null where it is known or not stored.</summary>
    public string? UnknownRequest => rules.Any(rule => rule.Bodies is not ("None" or "Response")) ? bodies.Request.Unknown : null;

    /// <summary>Why the type of its response body can't be known; null where it is known or not stored.</summary>
    public string? UnknownResponse => rules.Any(rule => rule.Bodies is not ("None" or "Request")) ? bodies.Response.Unknown : null;

    public string Name => controller is null ? Owned : $"{controller.Name}.{method.Name}";

    /// <summary>Where it is declared, or the controller that inherits it.</summary>
    public Location Location => InSource(method) ?? (controller is null ? null : InSource(controller)) ?? Location.None;

    private string Owned => method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction ? $"{method.ContainingType.Name}.{method.Name}" : "the lambda";

    private static Location? InSource(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource);
}
