using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopAot.Contracts;

/// <summary>Every body that goes in or out; compiled, since there is no reflection to fall back on.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(PayOrder))]
[JsonSerializable(typeof(MoveStock))]
[JsonSerializable(typeof(OrderResponse))]
[JsonSerializable(typeof(StockResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class ShopJson : JsonSerializerContext
{
    /// <summary>How ASP.NET Core reads and writes them: its own options decide, not those of this context.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
