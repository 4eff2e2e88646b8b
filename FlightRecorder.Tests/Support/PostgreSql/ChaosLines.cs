namespace FlightRecorder.Tests.Support.PostgreSql;

/// <summary>Lines to be stored while everything breaks: 1 KB each, with one mutation, numbered through all rounds.</summary>
public static class ChaosLines
{
    private static readonly string s_extra =
        $$"""{"tags":{"x":"{{new string('x', 800)}}"},"mutations":[{"atUs":1,"source":"manual","operation":"insert","outcome":"committed"}]}"""[1..^1];

    public static byte[] Of(int round, int count)
        => LineBuilder.Bytes([.. Enumerable.Range(round * count, count).Select(number => LineBuilder.Request(number + 1, extra: s_extra))]);

    /// <summary>What a store holds that has the first lines exactly once.</summary>
    public static StoredCounts Counts(long lines) => new(lines, lines, lines);
}
