using System.Text.Json.Serialization;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>The small API that is measured: 1 KB of JSON in, 1 KB out; bare, with the recorder but unmarked, captured but not kept, held in the ring, recorded to the journal, or shipped to PostgreSQL.</summary>
internal static class BenchServer
{
    /// <summary>The environment variable with the connection string for the mode "shipped".</summary>
    public const string StoreVariable = "FLIGHT_BENCH_POSTGRES";

    public static async Task RunAsync(string mode, int port, string directory)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BenchJson.Default));
        if (mode != "bare")
        {
            FlightRecorderBuilder recorder = builder.Services.AddFlightRecorder(o =>
            {
                o.Journal.Directory = directory;
                o.BlackBox.RingBytes = mode == "ring" ? 16 * 1024 * 1024 : 0;
            });
            if (mode == "shipped")
            {
                recorder.UsePostgresStore(Environment.GetEnvironmentVariable(StoreVariable)!);
            }
        }

        WebApplication app = builder.Build();
        if (mode is "recorded" or "shipped")
        {
            app.MapPost("/orders", [Record] (BenchOrder order) => Accept(order));
        }
        else if (mode is "captured" or "ring")
        {
            app.MapPost("/orders", [Record(Keep = KeepWhen.Error)] (BenchOrder order) => Accept(order));
        }
        else
        {
            app.MapPost("/orders", (BenchOrder order) => Accept(order));
        }

        app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true));
        await app.RunAsync().ConfigureAwait(false);
    }

    private static BenchOrder Accept(BenchOrder order)
    {
        order.Status = "accepted";
        return order;
    }
}

internal sealed class BenchOrder
{
    public string Id { get; set; } = "";

    public string Customer { get; set; } = "";

    [Redact]
    public string Card { get; set; } = "";

    public string Status { get; set; } = "";

    public List<BenchLine> Lines { get; set; } = [];

    public string Note { get; set; } = "";
}

internal sealed class BenchLine
{
    public string Product { get; set; } = "";

    public int Quantity { get; set; }

    public decimal Price { get; set; }
}

[JsonSerializable(typeof(BenchOrder))]
[JsonSerializable(typeof(long))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BenchJson : JsonSerializerContext;
