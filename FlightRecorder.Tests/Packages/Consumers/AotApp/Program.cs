using System.Text.Json.Serialization;
using AotApp;
using FlightRecorder;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder"));
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
WebApplication app = builder.Build();
app.MapPost("/handler", [Record] (NewCustomer customer) => new Greeting(customer.Name));
app.Run();

namespace AotApp
{
    internal sealed record NewCustomer(string Name, [property: Redact] string Nickname);

    internal sealed record Greeting(string Name);

    [JsonSerializable(typeof(NewCustomer))]
    [JsonSerializable(typeof(Greeting))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    internal sealed partial class AppJson : JsonSerializerContext;
}
