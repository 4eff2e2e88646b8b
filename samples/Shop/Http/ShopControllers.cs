using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Http;

internal static class ShopControllers
{
    public static IServiceCollection AddShopControllers(this IServiceCollection services)
    {
        services.AddExceptionHandler<ShopExceptionHandler>();
        services.AddControllers().AddJsonOptions(options => options.JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.Configure<ApiBehaviorOptions>(options =>
        {
            options.InvalidModelStateResponseFactory = ErrorEnvelope.FromModelState;
            // Without it MVC answers a bare status with problem details instead of the envelope.
            options.SuppressMapClientErrors = true;
        });
        return services;
    }
}
