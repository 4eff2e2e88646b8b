using ShopAot.Contracts;

namespace ShopAot.Endpoints;

/// <summary>Says that the process serves; not recorded.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/health", Get);

    private static HealthResponse Get() => new("live");
}
