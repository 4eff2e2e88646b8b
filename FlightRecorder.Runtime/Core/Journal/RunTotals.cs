using System.Text.Json;

namespace FlightRecorder;

/// <summary>What became of everything that was offered to a run; <c>offered = stored + dropped + notKept + inFlight</c>.</summary>
/// <param name="Offered">Recordings begun.</param>
/// <param name="Stored">Those the store has taken.</param>
/// <param name="Dropped">Those that were lost, by reason; no reason without one.</param>
/// <param name="NotKept">Those that nothing asked for, likewise.</param>
/// <param name="InFlight">Those that were in the air.</param>
internal sealed record RunTotals(
    long Offered, long Stored, IReadOnlyList<KeyValuePair<string, long>> Dropped, IReadOnlyList<KeyValuePair<string, long>> NotKept, long InFlight)
{
    public static RunTotals Of(RecorderCounters counters)
    {
        KeyValuePair<string, long>[] dropped = [.. Counted(CounterWords.Dropped, counters.Dropped)];
        KeyValuePair<string, long>[] notKept = [.. Counted(CounterWords.NotKept, counters.NotKeptFor)];
        long stored = counters.Stored;

        // Read last, and the rest is in the air: a request that begins or ends meanwhile cannot unbalance them.
        long offered = counters.Offered;
        return new RunTotals(offered, stored, dropped, notKept, offered - stored - dropped.Sum(one => one.Value) - notKept.Sum(one => one.Value));
    }

    /// <summary>Reads what <see cref="Write"/> wrote; what is absent is 0.</summary>
    public static RunTotals Read(JsonElement data)
        => new(data.Number("offered") ?? 0, data.Number("stored") ?? 0, Reasons(data.Field("dropped")), Reasons(data.Field("notKept")), data.Number("inFlight") ?? 0);

    // {"offered":12,"stored":7,"dropped":{"queue_full":2},"notKept":{"no_trigger":3},"inFlight":0}
    public void Write(LineBuffer line)
    {
        line.Byte((byte)'{');
        line.Member("offered"u8).Number(Offered);
        line.Member("stored"u8).Number(Stored);
        WriteReasons(line, "dropped"u8, Dropped);
        WriteReasons(line, "notKept"u8, NotKept);
        line.Member("inFlight"u8).Number(InFlight);
        line.Byte((byte)'}');
    }

    private static void WriteReasons(LineBuffer line, ReadOnlySpan<byte> name, IReadOnlyList<KeyValuePair<string, long>> reasons)
    {
        line.Member(name).Byte((byte)'{');
        foreach ((string word, long count) in reasons)
        {
            line.Separate();
            line.Text(word);
            line.Byte((byte)':');
            line.Number(count);
        }

        line.Byte((byte)'}');
    }

    private static IEnumerable<KeyValuePair<string, long>> Counted<TReason>((TReason Reason, string Word)[] reasons, Func<TReason, long> count)
    {
        foreach ((TReason reason, string word) in reasons)
        {
            if (count(reason) is var number and > 0)
            {
                yield return new KeyValuePair<string, long>(word, number);
            }
        }
    }

    private static IReadOnlyList<KeyValuePair<string, long>> Reasons(JsonElement owner)
        => owner.ValueKind == JsonValueKind.Object
            ? [.. owner.EnumerateObject().Select(reason => new KeyValuePair<string, long>(reason.Name, owner.Number(reason.Name) ?? 0))]
            : [];
}
