using System.Diagnostics;
using System.Globalization;
using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.CrashApp;

/// <summary>
/// Numbered lines straight into a journal. Each batch that the journal took is told on standard output as soon as it has, by the
/// number of its last line and in one write, so that who reads knows what was acknowledged; one that it refused with a minus.
/// </summary>
internal sealed class JournalWriter(JournalStore store, Stream told, int[] holds)
{
    // Not a timer: to start its thread the runtime needs a descriptor, and ends the process where there is none.
    private readonly ManualResetEventSlim _pause = new();

    // Opened now, for the same reason.
    private readonly Stream _goOn = Console.OpenStandardInput();
    private int _told;

    // journal dir=DIR count=1000 batch=1 first=1 maxBytes=60000 sync=Always segment=BYTES total=BYTES at=N how=before|half|after end=stop|wait hold=N,M
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new JournalOptions
        {
            Directory = arguments.Text("dir")!,
            Sync = Enum.Parse<JournalSync>(arguments.Text("sync") ?? nameof(JournalSync.Interval)),
            SyncInterval = TimeSpan.FromMilliseconds(arguments.Number("interval", 10)),
            MaxSegmentBytes = arguments.Number("segment", 1024 * 1024),
            MaxTotalBytes = arguments.Number("total", int.MaxValue),
            BootCheck = false,
        };
        using var warnings = new WarningsOnError();
        IJournalFiles files = arguments.Text("at") is null ? JournalFiles.Instance : new KillingFiles(arguments.Number("at", 1), arguments.Text("how"));
        var writer = new JournalWriter(new JournalStore(options, Environment.CurrentDirectory, warnings, files: files), Console.OpenStandardOutput(), Holds(arguments));
        return await writer.WriteAsync(arguments).ConfigureAwait(false);
    }

    private async Task<int> WriteAsync(Arguments arguments)
    {
        long started = Stopwatch.GetTimestamp();
        await store.InitializeAsync(default).ConfigureAwait(false);
        Tell("started " + (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        int batch = arguments.Number("batch", 1);
        int first = arguments.Number("first", 1);
        int end = first + arguments.Number("count", 1000);
        for (int number = first; number < end; number += batch)
        {
            await WriteAsync(number, batch, arguments.Number("maxBytes", 60_000)).ConfigureAwait(false);
            store.RunDue();
        }

        if (arguments.Text("end") == "wait")
        {
            new ManualResetEvent(false).WaitOne();
        }

        await store.DisposeAsync().ConfigureAwait(false);
        Tell("stopped");
        return 0;
    }

    private async Task WriteAsync(int first, int count, int maxBytes)
    {
        byte[] lines = LineBuilder.Bytes([.. Enumerable.Range(first, count).Select(number => NumberedLine.Of(number, maxBytes))]);
        string last = (first + count - 1).ToString(CultureInfo.InvariantCulture);
        try
        {
            await store.WriteAsync(lines.AsMemory(), default).ConfigureAwait(false);
            Tell(last);
        }
        catch (StoreUnavailableException)
        {
            Tell("-" + last);
            _pause.Wait(10);
        }
    }

    private void Tell(string line)
    {
        told.Write(Encoding.ASCII.GetBytes(line + "\n"));
        if (holds.Contains(++_told))
        {
            _ = _goOn.ReadByte();
        }
    }

    private static int[] Holds(Arguments arguments)
        => arguments.Text("hold") is { } holds ? [.. holds.Split(',').Select(told => int.Parse(told, CultureInfo.InvariantCulture))] : [];
}
