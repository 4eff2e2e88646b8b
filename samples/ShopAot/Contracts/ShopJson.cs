using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopAot.Contracts;

/// <summary>Every body that goes in or out; compiled, since there is no reflection to fall back on.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(PayOrder))]
[JsonSerializable(typeof(MoveStock))]
[JsonSerializable(typeof(OrderResponse))]
[JsonSerializable(typeof(StockResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class ShopJson : JsonSerializerContext;
