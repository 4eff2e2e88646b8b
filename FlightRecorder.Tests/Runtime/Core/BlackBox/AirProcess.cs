using System.Diagnostics;
using FlightRecorder.Tests.Core.Crash;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>A process with requests in the air, and what it told before it died.</summary>
/// <param name="isAheadOfTime">Whether it is the binary that the verb aot has published.</param>
internal sealed class AirProcess(bool isAheadOfTime = false) : IDisposable
{
    // Whether there are slots, how long the start took, the one that hangs.
    private const int Heads = 3;

    private readonly CrashProcess _process = new(isAheadOfTime, isInMemory: true);

    public string Journal => Path.Combine(_process.Directory, "flight");

    public string[] Files => Directory.GetFiles(Journal);

    /// <summary>Runs it until it ends, or is killed when so many requests have ended, whatever the others are at.</summary>
    public async Task<Told> RunAsync(string arguments, int? killAfter, CancellationToken cancellationToken, string script = "ulimit -c 0; exec \"$@\"")
    {
        using Process process = _process.Start("in-the-air dir=flight " + arguments, script);
        await using CancellationTokenRegistration _ = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            if (lines.Count == Heads + killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        return new Told(lines, await error, process.ExitCode);
    }

    /// <summary>Recovers as the next start would; returns each line's id with its outcome, in no order.</summary>
    public List<(Guid Id, RecordingKind Kind, RecordingOutcome Outcome)> Recover()
    {
        var run = new RunInfo();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        using (var sink = new LineSink(new JournalStore(new JournalOptions { Directory = Journal }, "/", NullLogger.Instance, run)))
        {
            new SlotRecovery(new SlotPlace(Journal, Journal), run.Id, NullLogger.Instance).Run(sink.TryWrite);
        }

        Assert.That(Environment.CpuUsage.TotalTime - before, Is.LessThan(TimeSpan.FromSeconds(2)), "of processor, since others may keep the machine busy");
        return Read();
    }

    public List<(Guid Id, RecordingKind Kind, RecordingOutcome Outcome)> Read()
    {
        var found = new List<(Guid Id, RecordingKind Kind, RecordingOutcome Outcome)>();
        foreach (JournalLine line in new JournalReader(Journal).ReadLines(new JournalScan()))
        {
            Assert.That(SummaryParser.TryRead(line.Bytes.Span, out RecordingSummary? head), Is.EqualTo(LineContent.Recording));
            if (!Housekeeping.Is(head!))
            {
                found.Add((head!.Id, head.Kind, head.Outcome));
            }
        }

        return found;
    }

    public void Dispose() => _process.Dispose();

    /// <summary>What a process told: whether it has slots, how long its start took, and the requests that had ended.</summary>
    internal sealed class Told(List<string> lines, string error, int exitCode)
    {
        private const string Stopped = "stopped after ";

        public string Error => error;

        public string[] Warnings => [.. error.Trim().Split('\n').Where(line => !line.StartsWith(Stopped, StringComparison.Ordinal))];

        public long StopMilliseconds => long.Parse(error.Trim().Split('\n').Single(line => line.StartsWith(Stopped, StringComparison.Ordinal))[Stopped.Length..]);

        public int ExitCode => exitCode;

        public string Slots => lines[0];

        public long StartMilliseconds => long.Parse(lines[1]["started ".Length..]);

        public Guid Hanging => Guid.Parse(lines[2]["hanging ".Length..]);

        public IEnumerable<Guid> Ended => lines.Skip(Heads).Select(Guid.Parse);
    }
}
