using System.Diagnostics;
using System.Globalization;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>A process that writes numbered lines into a journal until it is killed, and what must be found afterwards. Used by the tests and by the verb torture.</summary>
/// <param name="command">How the app of the crash tests is started: a program and its first arguments.</param>
/// <param name="directory">An empty directory for it.</param>
internal sealed class JournalVictim(string[] command, string directory)
{
    public const int Killed = 128 + 9;

    private readonly List<(int Last, int Count)> _acknowledged = [];
    private readonly List<(int First, int Last)> _submitted = [];
    private readonly HashSet<int> _next = [];
    private int _maxBytes;

    public string Journal => Path.Combine(directory, "flight");

    /// <summary>How many lines were acknowledged by all runs so far.</summary>
    public long Acknowledged => _acknowledged.Sum(batch => batch.Count);

    /// <summary>What the runs wrote on standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Runs a process to its end and returns its exit code.</summary>
    /// <param name="load">What it writes.</param>
    /// <param name="more">Further arguments.</param>
    /// <param name="heard">Hears what the process tells: <c>17</c> for a batch that is in the journal, <c>-18</c> for one that is not.</param>
    /// <param name="script">A shell script around it, in which its command line is <c>"$@"</c>.</param>
    public async Task<int> RunAsync(Load load, string more = "", Action<Process, string>? heard = null, string? script = null)
    {
        string[] all =
        [
            .. command, "journal", "dir=flight", $"first={load.First}", $"count={load.Count}", $"batch={load.Batch}", $"sync={load.Sync}", $"maxBytes={load.MaxBytes}",
            $"segment={load.SegmentBytes}", .. load.Holds.Length == 0 ? (string[])[] : [$"hold={string.Join(',', load.Holds)}"], .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        string[] line = script is null ? all : ["sh", "-c", script, "sh", .. all];
        _submitted.Add((load.First, load.First + load.Count + load.Batch));
        _maxBytes = load.MaxBytes;
        using Process process = Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        int count = 0;
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } told)
        {
            if (int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out int last))
            {
                _acknowledged.Add((last, load.Batch));
            }

            heard?.Invoke(process, told);
            if (load.Holds.Contains(++count))
            {
                await process.StandardInput.WriteLineAsync().ConfigureAwait(false);
            }
        }

        await process.WaitForExitAsync().ConfigureAwait(false);
        Error += await error.ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>Starts a journal as the next process would, writes into it, and reads all. What is wrong, or null.</summary>
    /// <param name="started">How long that start took, to the first line that was written: for a judge of many, since a machine may be busy once.</param>
    public string? Fault(out TimeSpan started)
    {
        long at = Stopwatch.GetTimestamp();
        WriteNext();
        started = Stopwatch.GetElapsedTime(at);
        var found = new HashSet<int>();
        var scan = new JournalScan();
        foreach (JournalLine line in new JournalReader(Journal).ReadLines(scan))
        {
            if (!TryNumber(line, out int number) || !line.Bytes.Span.SequenceEqual(Expected(number)))
            {
                return $"{Path.GetFileName(line.Segment.Path)} holds a line that nobody wrote";
            }

            if (!found.Add(number))
            {
                return $"line {number} is there twice";
            }
        }

        int lost = _acknowledged.SelectMany(batch => Enumerable.Range(batch.Last - batch.Count + 1, batch.Count)).Concat(_next).FirstOrDefault(number => !found.Contains(number));
        return lost != 0 ? $"line {lost} was acknowledged and is not there"
            : scan.CorruptLines + scan.UnreadableSegments + scan.OversizedLines > 0 ? $"{scan.Skipped} pieces were skipped that a kill does not leave"
            : null;
    }

    private void WriteNext()
    {
        int next = int.MaxValue - _next.Count;
        _next.Add(next);
        var store = new JournalStore(new JournalOptions { Directory = Journal, Sync = JournalSync.Buffered, MaxTotalBytes = long.MaxValue }, "/", NullLogger.Instance);
        Complete(store.InitializeAsync(default));
        Complete(store.WriteAsync(LineBuilder.Bytes(LineBuilder.Request(next)).AsMemory(), default));
        Complete(store.DisposeAsync());
    }

    private ReadOnlySpan<byte> Expected(int number)
    {
        bool isNext = _next.Contains(number);
        bool isSubmitted = isNext || _submitted.Any(range => number >= range.First && number < range.Last);
        return isSubmitted ? LineBuilder.Bytes(isNext ? LineBuilder.Request(number) : NumberedLine.Of(number, _maxBytes)).AsSpan()[..^1] : default;
    }

    private static bool TryNumber(JournalLine line, out int number)
    {
        bool isRead = SummaryParser.TryRead(line.Bytes.Span, out RecordingSummary? head) == LineContent.Recording;
        number = isRead ? (int)head!.Sequence : 0;
        return isRead;
    }

    private static void Complete(ValueTask work) => work.AsTask().GetAwaiter().GetResult();

    /// <summary>What a process writes.</summary>
    internal sealed record Load
    {
        public int First { get; init; } = 1;

        public int Count { get; init; } = 1000;

        public int Batch { get; init; } = 1;

        public JournalSync Sync { get; init; }

        public int MaxBytes { get; init; } = 2000;

        public int SegmentBytes { get; init; } = 16 * 1024;

        /// <summary>After so many told lines it waits until they were heard: what is done to it then comes neither late nor after its end.</summary>
        public int[] Holds { get; init; } = [];
    }
}
