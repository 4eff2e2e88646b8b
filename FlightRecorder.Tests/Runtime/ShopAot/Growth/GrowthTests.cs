using System.Globalization;
using FlightRecorder.Tests.ShopAot.Support;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.ShopAot.Growth;

/// <summary>What the recorder adds to a binary and to its start, held against what was accepted before.</summary>
[Category("Aot")]
internal sealed class GrowthTests
{
    private const int MostRounds = 4;
    private const string Accept = "If that is worth it, write the new figures to build/aot-baseline.json and say why in the commit.";

    private readonly Baseline _baseline = Baseline.Read();
    private readonly Pairs _starts = new();
    private long _with;
    private long _without;

    private long Added => _with - _without;

    // A noisy machine gets further rounds; a real slow-down stays above the limit in all of them.
    [OneTimeSetUp]
    public async Task MeasureBoth()
    {
        Build.Aot.Require();
        Build.Bare.Require();
        _with = new FileInfo(Build.Aot.File).Length;
        _without = new FileInfo(Build.Bare.File).Length;
        await StartUp.MeasureAsync(Build.Aot);
        await StartUp.MeasureAsync(Build.Bare);
        do
        {
            await _starts.AddRoundAsync();
        }
        while (_starts.Ratio > _baseline.MostRatio && _starts.Count < MostRounds * Pairs.Round);

        await WriteFiguresAsync();
    }

    [Test]
    public void The_recorder_adds_at_most_a_twentieth_more_bytes_than_the_baseline()
        => Assert.That(Added, Is.LessThanOrEqualTo(_baseline.MostBytes), $"{_with} bytes with, {_without} without the recorder. {Accept}");

    [Test]
    public void The_start_takes_at_most_a_twentieth_longer_than_the_baseline_says()
        => Assert.That(_starts.Ratio, Is.LessThanOrEqualTo(_baseline.MostRatio), $"{_starts.With:0.0} ms with, {_starts.Without:0.0} ms without the recorder. {Accept}");

    // OpenSSL alone would take the start some milliseconds.
    [Test]
    public async Task The_recorder_loads_no_library_that_the_app_did_not_load()
        => Assert.That(await StartUp.LibrariesAsync(Build.Aot), Is.EqualTo(await StartUp.LibrariesAsync(Build.Bare)));

    // The verb aot ends with this line.
    private async Task WriteFiguresAsync()
    {
        string file = Path.Combine(SourceTree.Root, "artifacts", "aot", "figures.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, string.Create(
            CultureInfo.InvariantCulture,
            $"binary {_with} bytes with the recorder, {_without} without: +{Added} (baseline +{_baseline.AddedBytes}); start-up {_starts.With:0.0} ms with, {_starts.Without:0.0} ms without: {_starts.With - _starts.Without:+0.0;-0.0} ms, ratio {_starts.Ratio:0.000} (baseline {_baseline.StartRatio:0.000}), {_starts.Count} pairs\n"));
    }
}
