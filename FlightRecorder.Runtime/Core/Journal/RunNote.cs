using System.Diagnostics;

namespace FlightRecorder;

/// <summary>
/// The last line of a run that ended in order: what became of everything that was offered to it, by reason. A run without it
/// was ended from outside, and its numbers went with it. Lists leave it out; <c>flightrecorder status</c> shows it.
/// </summary>
internal static class RunNote
{
    public const string Name = "run stopped";

    public static bool Is(RecordingSummary head) => head is { Kind: RecordingKind.Note, Name: Name };

    /// <param name="run">The run; the note takes its next number.</param>
    /// <param name="app">What each line says of the app.</param>
    /// <param name="counters">Its counters, final but for what is still in the air.</param>
    /// <param name="now">The end of the run.</param>
    public static LineBatch Of(RunInfo run, ReadOnlySpan<byte> app, RecorderCounters counters, DateTimeOffset now)
    {
        long started = Stopwatch.GetTimestamp();
        var id = Guid.CreateVersion7(now);
        long sequence = run.NextSequence();
        var line = new LineBuffer(1024);
        WriteHead(line, run.Id, sequence, id, now);
        line.Raw(app);
        line.Member("endpoint"u8).Raw("{\"name\":"u8);
        line.Text(Name);
        line.Raw("},\"timeline\":[{\"atUs\":0,\"type\":\"note\",\"detail\":\"what became of the recordings\",\"data\":"u8);
        RunTotals.Of(counters).Write(line);
        line.Raw("}]"u8);
        LineTail.Write(line, started);
        line.Byte((byte)'\n');
        var batch = new LineBatch(line.Length);
        batch.TryAdd(id, sequence, line.Written);
        return batch;
    }

    // {"v":1,"run":"…","seq":17,"kind":"note","id":"…","ts":"…Z","durationUs":0,"outcome":"completed","trigger":[]
    private static void WriteHead(LineBuffer line, string run, long sequence, Guid id, DateTimeOffset now)
    {
        line.Raw("{\"v\":1,\"run\":"u8);
        line.Text(run);
        line.Member("seq"u8).Number(sequence);
        line.Member("kind"u8).Raw(LineWords.Of(RecordingKind.Note));
        line.Member("id"u8).Text(id.ToString("D"));
        line.Member("ts"u8).Time(now);
        line.Member("durationUs"u8).Number(0);
        line.Member("outcome"u8).Raw(LineWords.Of(RecordingOutcome.Completed));
        line.Raw(",\"trigger\":[]"u8);
    }
}
