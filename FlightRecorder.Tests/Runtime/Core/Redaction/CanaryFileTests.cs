using System.Text;
using FlightRecorder.Tests.Core.BlackBox;
using FlightRecorder.Tests.Core.Journal;
using FlightRecorder.Tests.Core.JournalLines;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Random secrets and the files of a run that did not go well: segments with halves of lines that were put aside, and slots of requests in the air.</summary>
public sealed class CanaryFileTests
{
    private const int Recordings = 60;
    private const int InTheAir = 100;

    [Test]
    public async Task A_canary_is_in_no_segment_that_was_put_aside([Values(0.1, 0.5, 0.99)] double written)
    {
        var canaries = new CanaryLines(Recordings);
        using var rig = new JournalRig();
        var files = new FaultyFiles(failAt: int.MaxValue) { Only = "write", Written = written };
        JournalStore store = await rig.StartAsync(files);
        for (int i = 0; i < Recordings; i += 2)
        {
            await WriteAsync(rig, store, files, canaries.All[i], isHealed: true);
            await WriteAsync(rig, store, files, canaries.All[i + 1], isHealed: false);
        }

        await store.DisposeAsync();
        Assert.That(rig.Directory.Files.Count(file => file.EndsWith(".dirty", StringComparison.Ordinal)), Is.EqualTo(Recordings / 2));
        AssertNoneIn(rig.Directory, canaries);
        canaries.AssertNoneIn(string.Join('\n', rig.Log.All), "the log");
    }

    [Test]
    public async Task A_canary_is_in_no_slot_in_any_encoding()
    {
        await using var rig = new SlotRig();
        await rig.StartAsync();
        var flights = new List<CanaryFlight>();
        for (int seed = 0; seed < InTheAir; seed++)
        {
            flights.Add(new CanaryFlight(new EncodingBench(rig.Begin()), seed));
        }

        // Of the whole file only what is text: the rest are zeros.
        string slots = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Directory.GetFiles(rig.Die(), "*.slots").Single()));
        Assert.That(slots, Does.Contain("/orders/{id}"));
        var readings = new Readings(string.Join('\n', slots.Split('\0', StringSplitOptions.RemoveEmptyEntries)));
        var utf8 = new Readings(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(slots)).Replace("\0", "", StringComparison.Ordinal));
        foreach (CanaryFlight flight in flights.Where(flight => flight.IsTelling))
        {
            Assert.That(flight.Canary.IsIn(readings) || flight.Canary.IsIn(utf8), Is.False, flight.ToString());
        }
    }

    // What the searches above must be able to find.
    [Test]
    public async Task Without_scrubbing_the_search_finds_canaries_in_what_was_put_aside()
    {
        var canaries = new CanaryLines(Recordings, scrubEchoes: false);
        using var rig = new JournalRig();
        var files = new FaultyFiles(failAt: int.MaxValue) { Only = "write", Written = 0.9 };
        JournalStore store = await rig.StartAsync(files);
        await WriteAsync(rig, store, files, canaries.All[0], isHealed: true);
        for (int i = 1; i < Recordings; i++)
        {
            await WriteAsync(rig, store, files, canaries.All[i], isHealed: false);
            await WriteAsync(rig, store, files, LineBuilder.Request(i), isHealed: true);
        }

        await store.DisposeAsync();
        Assert.That(rig.Directory.Files.Where(file => file.EndsWith(".dirty", StringComparison.Ordinal)).Sum(file => canaries.CountIn(File.ReadAllText(file))), Is.GreaterThan(Recordings / 4));
    }

    private static async Task WriteAsync(JournalRig rig, JournalStore store, FaultyFiles files, string line, bool isHealed)
    {
        files.IsHealed = isHealed;
        try
        {
            await store.WriteAsync(Encoding.UTF8.GetBytes(line + "\n").AsMemory(), default);
        }
        catch (StoreUnavailableException) when (!isHealed)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static void AssertNoneIn(JournalDirectory directory, CanaryLines canaries)
    {
        foreach (string file in directory.Files)
        {
            canaries.AssertNoneIn(File.ReadAllText(file), file);
        }
    }
}
