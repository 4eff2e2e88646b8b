using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Growth;

/// <summary>Starts with and without the recorder in turns, so that both meet the same noise of the machine.</summary>
internal sealed class Pairs
{
    public const int Round = 15;

    private readonly List<double> _with = [];
    private readonly List<double> _without = [];

    public double With => Median(_with);

    public double Without => Median(_without);

    public double Ratio => With / Without;

    public int Count => _with.Count;

    /// <summary>One more round of turns, counted together with those before.</summary>
    public async Task AddRoundAsync()
    {
        for (int i = 0; i < Round; i++)
        {
            _with.Add(await StartUp.MeasureAsync(Build.Aot));
            _without.Add(await StartUp.MeasureAsync(Build.Bare));
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
