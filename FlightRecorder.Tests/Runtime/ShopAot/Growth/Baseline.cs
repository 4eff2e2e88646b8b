using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.ShopAot.Growth;

/// <summary>What the recorder was allowed to add when build/aot-baseline.json was last accepted.</summary>
/// <param name="AddedBytes">The binary with the recorder less the one without.</param>
/// <param name="StartRatio">The start-up with the recorder over the one without.</param>
internal sealed record Baseline(long AddedBytes, double StartRatio)
{
    public const double Tolerance = 1.05;

    public long MostBytes => (long)(AddedBytes * Tolerance);

    public double MostRatio => StartRatio * Tolerance;

    public static Baseline Read()
        => JsonSerializer.Deserialize<Baseline>(File.ReadAllBytes(Path.Combine(SourceTree.Root, "build", "aot-baseline.json")), JsonSerializerOptions.Web)!;
}
